/** The Basic scheme (RFC 7617). */
@org.jspecify.annotations.NullMarked
module dev.sallyport.basic {
  requires static org.jspecify;
  requires transitive dev.sallyport.core;

  exports dev.sallyport.basic;

  provides dev.sallyport.scheme.SchemeProvider with
      dev.sallyport.basic.BasicScheme;
}
