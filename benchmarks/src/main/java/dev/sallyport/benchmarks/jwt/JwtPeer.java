package dev.sallyport.benchmarks.jwt;

/** One library, set up once as its documentation advises for many tokens. */
interface JwtPeer {
  /**
   * Checks the signature, {@code exp}, {@code nbf}, {@code iss}, {@code aud}, and {@code typ} if it
   * can.
   *
   * @return the subject
   * @throws Exception if the token is refused
   */
  String verify(String token) throws Exception;

  /** A token of {@link JwtScene} with the times of now and a new {@code jti}. */
  String issue() throws Exception;
}
