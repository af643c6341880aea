/** What all runnable examples serve, whatever their host. */
@org.jspecify.annotations.NullMarked
module dev.sallyport.site {
  requires static org.jspecify;
  requires java.logging;
  requires transitive java.sql;
  requires com.zaxxer.hikari;
  requires dev.sallyport.basic;
  requires transitive dev.sallyport.core;
  requires transitive dev.sallyport.http;
  requires dev.sallyport.jdbc;
  requires dev.sallyport.jwt;
  requires dev.sallyport.session;
  requires dev.sallyport.token;

  exports dev.sallyport.site;
}
