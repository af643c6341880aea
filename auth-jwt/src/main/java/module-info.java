/** JSON Web Signatures (RFC 7515) and the keys for them (RFC 7517, 7518, 8037). */
@org.jspecify.annotations.NullMarked
module dev.sallyport.jwt {
  requires static org.jspecify;
  requires transitive dev.sallyport.core;
  requires com.fasterxml.jackson.databind;

  exports dev.sallyport.jwt;
}
