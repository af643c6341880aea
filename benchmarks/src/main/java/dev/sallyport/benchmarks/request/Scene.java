package dev.sallyport.benchmarks.request;

/**
 * One contender, set up for one scheme and 1,024 users.
 *
 * @param gate what is measured
 * @param container whose sessions it reads
 * @param good what {@link People#NAME} sends
 * @param wrong the like, which nobody has been given
 */
record Scene(Gate gate, Container container, Credential good, Credential wrong) {
  /** By a session of the container. */
  static Scene session(Gate gate, Container container, String id) {
    return cookie(gate, container, Credential.SESSION_COOKIE, id);
  }

  /** By a cookie. */
  static Scene cookie(Gate gate, Container container, String name, String value) {
    return new Scene(
        gate, container, Credential.cookie(name, value), Credential.cookie(name, changed(value)));
  }

  /** By an opaque token. */
  static Scene token(Gate gate, String token) {
    return new Scene(
        gate, new Container(), Credential.bearer(token), Credential.bearer(changed(token)));
  }

  /** By HTTP Basic. */
  static Scene basic(Gate gate) {
    return new Scene(
        gate,
        new Container(),
        Credential.basic(People.NAME, People.PASSWORD),
        Credential.basic(People.NAME, People.PASSWORD + "0"));
  }

  /** As long, and of the same characters. */
  private static String changed(String secret) {
    int middle = secret.length() / 2;
    char other = secret.charAt(middle) == '0' ? '1' : '0';
    return secret.substring(0, middle) + other + secret.substring(middle + 1);
  }

  /** One request: the name of the user whom the page sees, or null if it sees none. */
  String request(Credential credential) throws Exception {
    return gate.visit(new StubRequest(container, credential), new StubResponse());
  }

  /** Sees that the gate lets the one through and nobody else. */
  void check() throws Exception {
    String found = request(good);
    if (!People.NAME.equals(found)) {
      throw new IllegalStateException("The page sees " + found);
    }
    if (request(null) != null || request(wrong) != null) {
      throw new IllegalStateException("The page sees somebody without a good credential");
    }
  }
}
