/** The Session scheme: a random id in a cookie. */
@org.jspecify.annotations.NullMarked
module dev.sallyport.session {
  requires static org.jspecify;
  requires transitive dev.sallyport.core;

  exports dev.sallyport.session;

  provides dev.sallyport.scheme.SchemeProvider with
      dev.sallyport.session.SessionScheme;
}
