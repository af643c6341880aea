/** API keys, as an example of a third-party scheme. */
@org.jspecify.annotations.NullMarked
module com.example.apikey {
  requires static org.jspecify;
  requires transitive dev.sallyport.core;

  exports com.example.apikey;

  provides dev.sallyport.scheme.SchemeProvider with
      com.example.apikey.ApiKeyScheme;
}
