/** The Token scheme: opaque tokens, sent as {@code Token} or {@code Bearer}, or in a cookie. */
@org.jspecify.annotations.NullMarked
module dev.sallyport.token {
  requires static org.jspecify;
  requires transitive dev.sallyport.core;

  exports dev.sallyport.token;

  provides dev.sallyport.scheme.SchemeProvider with
      dev.sallyport.token.TokenScheme;
}
