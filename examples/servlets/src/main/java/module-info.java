/** What the examples serve, as servlets behind the filter. */
@org.jspecify.annotations.NullMarked
module com.example.servlets {
  requires static org.jspecify;
  requires transitive dev.sallyport.servlet;
  requires dev.sallyport.session;
  requires transitive dev.sallyport.site;

  exports com.example.servlets;
}
