/** The site on Vert.x. */
@org.jspecify.annotations.NullMarked
module com.example.vertx {
  requires static org.jspecify;
  requires dev.sallyport.vertx;
  requires transitive dev.sallyport.site;
  requires io.vertx.core;
  requires io.vertx.web;

  exports com.example.vertx;
}
