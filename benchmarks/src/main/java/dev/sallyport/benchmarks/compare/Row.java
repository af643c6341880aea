package dev.sallyport.benchmarks.compare;

import dev.sallyport.benchmarks.compare.Contender.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One work, done by several.
 *
 * @param name what is done
 * @param contenders who does it, ours first
 */
record Row(String name, List<Contender> contenders) {
  private static final String JWT = "jwt.JwtBenchmark.";
  private static final List<String> JWT_PEERS =
      List.of("nimbus", "jjwt", "java-jwt", "jose4j", "fusionauth", "vertx");

  /** All rows, in the order of the table. */
  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    for (String algorithm : List.of("HS256", "RS256", "ES256", "EdDSA")) {
      rows.add(jwt(algorithm + " verify", "verify", "sallyport", algorithm, "jdk"));
      rows.add(seen(algorithm));
    }
    rows.add(jwt("ES256 verify, Bouncy Castle", "verify", "sallyport", "ES256", "bc"));
    rows.add(jwt("EdDSA verify, Bouncy Castle", "verify", "sallyport", "EdDSA", "bc"));
    for (String algorithm : List.of("HS256", "RS256", "ES256", "EdDSA")) {
      rows.add(jwt(algorithm + " issue", "issue", "sallyport", algorithm, "jdk"));
    }
    rows.add(
        new Row(
            "opaque token, last of a chain",
            List.of(
                Contender.ours("TokenBenchmark.chain"), Contender.floor("TokenBenchmark.floor"))));
    rows.add(
        new Row(
            "session, last of a chain of three",
            List.of(
                Contender.ours("SessionBenchmark.chain"),
                Contender.floor("SessionBenchmark.floor"),
                Contender.peer("spring-session", "SessionBenchmark.springFindsTouchesSaves"),
                Contender.peer("shiro", "SessionBenchmark.shiroFindsAndTouches"))));
    rows.add(
        new Row(
            "chain of four, the last takes it (floor: it alone)",
            List.of(
                Contender.ours("ChainBenchmark.fourLast"),
                Contender.floor("ChainBenchmark.oneLast"))));
    rows.add(
        new Row(
            "chain of four, nobody takes it (floor: one)",
            List.of(
                Contender.ours("ChainBenchmark.fourNobody"),
                Contender.floor("ChainBenchmark.oneNobody"))));
    Map<String, String> quiet = Map.of("listener", "none");
    rows.add(
        new Row(
            "Basic, seen before",
            List.of(
                Contender.ours("BasicBenchmark.chain").with(quiet),
                Contender.floor("BasicBenchmark.floor").with(quiet))));
    rows.add(
        new Row(
            "bcrypt, cost 10",
            List.of(
                Contender.ours("BcryptBenchmark.sallyport"),
                Contender.peer("jbcrypt", "BcryptBenchmark.jbcrypt"),
                Contender.peer("spring", "BcryptBenchmark.spring"))));
    Map<String, String> thousand = Map.of("rows", "1000");
    rows.add(
        new Row(
            "session in PostgreSQL",
            List.of(
                Contender.ours("jdbc.JdbcBenchmark.chain").with(thousand),
                Contender.floor("jdbc.JdbcBenchmark.floor").with(thousand),
                Contender.peer("spring-session", "jdbc.JdbcBenchmark.springFindsTouchesSaves")
                    .with(thousand))));
    rows.add(request("request with a session", "SESSION"));
    rows.add(request("request with a token", "TOKEN"));
    rows.add(request("request with Basic", "BASIC"));
    return rows;
  }

  /** From the container's request to a page, through each one's filters. There is no floor. */
  private static Row request(String name, String scheme) {
    List<Contender> contenders = new ArrayList<>();
    for (String who : List.of("sallyport", "spring-security", "shiro", "pac4j")) {
      Kind kind = contenders.isEmpty() ? Kind.OURS : Kind.PEER;
      contenders.add(
          new Contender(
              who, kind, "request.RequestBenchmark.request", Map.of("who", who, "scheme", scheme)));
    }
    return new Row(name, contenders);
  }

  /** The floor is an HMAC-SHA256 of the token, whatever its algorithm is. No peer remembers. */
  private static Row seen(String algorithm) {
    return new Row(
        algorithm + " verify, seen before",
        List.of(
            jwt("sallyport", Kind.OURS, "verify", "sallyport-seen", algorithm, "jdk"),
            jwt("floor", Kind.FLOOR, "bareHmac", "floor", algorithm, "jdk")));
  }

  /** Peers do it by the JDK, whatever our provider is: none of them is slower by that. */
  private static Row jwt(
      String name, String method, String ours, String algorithm, String provider) {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(jwt("sallyport", Kind.OURS, method, ours, algorithm, provider));
    contenders.add(jwt("floor", Kind.FLOOR, method, "floor", algorithm, provider));
    for (String peer : JWT_PEERS) {
      boolean has = !algorithm.equals("EdDSA") || !peer.equals("java-jwt");
      String called =
          algorithm.equals("EdDSA") && peer.equals("fusionauth") ? "Ed25519" : algorithm;
      if (has) {
        contenders.add(jwt(peer, Kind.PEER, method, peer, called, "jdk"));
      }
    }
    return new Row(name, contenders);
  }

  private static Contender jwt(
      String label, Kind kind, String method, String who, String algorithm, String provider) {
    return new Contender(
        label,
        kind,
        JWT + method,
        Map.of("who", who, "algorithm", algorithm, "provider", provider));
  }
}
