/**
 * The JWT scheme: our own access and refresh tokens, and the tokens of other issuers; underneath,
 * JSON Web Signatures (RFC 7515) and the keys for them (RFC 7517, 7518, 8037).
 */
@SuppressWarnings("module") // dev.sallyport.http is built later
@org.jspecify.annotations.NullMarked
module dev.sallyport.jwt {
  requires static org.jspecify;
  requires transitive dev.sallyport.core;
  requires transitive java.net.http;
  requires com.fasterxml.jackson.core;

  exports dev.sallyport.jwt;
  exports dev.sallyport.jwt.dpop;
  exports dev.sallyport.jwt.key;
  exports dev.sallyport.jwt.refresh;
  exports dev.sallyport.jwt.token;
  exports dev.sallyport.jwt.json to
      dev.sallyport.http;

  provides dev.sallyport.scheme.SchemeProvider with
      dev.sallyport.jwt.JwtScheme;
}
