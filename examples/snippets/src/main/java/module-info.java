/** The code of the documents. What compiles here uses exported packages only. */
module com.example.snippets {
  requires dev.sallyport.basic;
  requires dev.sallyport.http;
  requires dev.sallyport.jdbc;
  requires dev.sallyport.jwt;
  requires dev.sallyport.servlet;
  requires dev.sallyport.session;
  requires dev.sallyport.testkit;
  requires dev.sallyport.token;

  exports com.example.snippets;
}
