/** A route handler for Vert.x Web. */
@org.jspecify.annotations.NullMarked
module dev.sallyport.vertx {
  requires static org.jspecify;
  requires transitive dev.sallyport.core;
  requires transitive dev.sallyport.http;
  requires io.vertx.auth.common;
  requires transitive io.vertx.core;
  requires transitive io.vertx.web;
  requires org.slf4j;

  exports dev.sallyport.vertx;
}
