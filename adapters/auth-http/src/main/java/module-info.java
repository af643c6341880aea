/** JSON endpoints without a web framework, and the adapter for the JDK's HTTP server. */
@org.jspecify.annotations.NullMarked
module dev.sallyport.http {
  requires static org.jspecify;
  requires transitive dev.sallyport.core;
  requires dev.sallyport.jwt;
  requires dev.sallyport.session;
  requires dev.sallyport.token;
  requires transitive jdk.httpserver;
  requires org.slf4j;

  exports dev.sallyport.http;
}
