/** The site on Jetty. */
@org.jspecify.annotations.NullMarked
module com.example.jetty {
  requires static org.jspecify;
  requires com.example.servlets;
  requires transitive dev.sallyport.site;
  requires org.eclipse.jetty.ee10.servlet;
  requires org.eclipse.jetty.http2.server;

  exports com.example.jetty;
}
