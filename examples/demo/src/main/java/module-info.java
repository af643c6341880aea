/** A host to run and look at. */
@org.jspecify.annotations.NullMarked
module dev.sallyport.demo {
  requires static org.jspecify;
  requires java.logging;
  requires com.zaxxer.hikari;
  requires dev.sallyport.basic;
  requires dev.sallyport.http;
  requires dev.sallyport.jdbc;
  requires dev.sallyport.jwt;
  requires dev.sallyport.session;
  requires dev.sallyport.token;
}
