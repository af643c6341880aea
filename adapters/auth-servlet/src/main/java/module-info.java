/** A filter for servlet containers. */
@org.jspecify.annotations.NullMarked
module dev.sallyport.servlet {
  requires static org.jspecify;
  requires transitive dev.sallyport.core;
  requires transitive dev.sallyport.http;
  requires transitive jakarta.servlet;

  exports dev.sallyport.servlet;
}
