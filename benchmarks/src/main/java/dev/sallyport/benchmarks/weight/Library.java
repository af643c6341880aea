package dev.sallyport.benchmarks.weight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A library and what its POM brings, as the beginnings of the paths of their files.
 *
 * @param name its name
 * @param mark a folder that tells that it is there
 * @param own its own
 * @param needs the others'
 * @param without what begins like that and is neither
 */
record Library(
    String name, String mark, List<String> own, List<String> needs, List<String> without) {
  private static final List<String> SLF4J = List.of("org/slf4j/");
  private static final List<String> JACKSON =
      List.of(
          "com/fasterxml/jackson/annotation/",
          "com/fasterxml/jackson/core/",
          "com/fasterxml/jackson/databind/");

  private static final List<String> COMMONS =
      List.of(
          "org/apache/commons/beanutils/",
          "org/apache/commons/collections/",
          "org/apache/commons/logging/");

  private static final List<String> MORE_OF_PAC4J =
      List.of(
          "com/fasterxml/jackson/datatype/",
          "org/apache/commons/lang3/",
          "org/apache/commons/text/");

  /** All that may be there, ours first. */
  static List<Library> all() {
    return List.of(
        ours(),
        peer("nimbus", "com/nimbusds/"),
        peer("jjwt", "io/jsonwebtoken/", JACKSON),
        peer("java-jwt", "com/auth0/jwt/", JACKSON),
        peer("jose4j", "org/jose4j/", SLF4J),
        peer("fusionauth", "io/fusionauth/", JACKSON),
        peer("vertx", "io/vertx/", List.of("io/netty/"), List.of("com/fasterxml/jackson/core/")),
        springSecurity(),
        peer("shiro", "org/apache/shiro/", SLF4J, COMMONS, List.of("org/bouncycastle/")),
        peer("pac4j", "org/pac4j/", SLF4J, JACKSON, MORE_OF_PAC4J));
  }

  private static Library ours() {
    List<String> needs = new ArrayList<>(SLF4J);
    needs.addAll(JACKSON);
    needs.add("at/favre/lib/");
    return new Library(
        "sallyport",
        "dev/sallyport/jwt/",
        List.of("dev/sallyport/"),
        needs,
        List.of(
            "dev/sallyport/benchmarks/",
            "dev/sallyport/demo/",
            "dev/sallyport/http/",
            "dev/sallyport/jdbc/",
            "dev/sallyport/site/",
            "dev/sallyport/testkit/",
            "dev/sallyport/jwt/IssuerDoor",
            "org/slf4j/nop/"));
  }

  /** Spring's files but those of its modules that Spring Session alone needs. */
  private static Library springSecurity() {
    return new Library(
        "spring-security",
        "org/springframework/security/web/",
        List.of("org/springframework/security/"),
        List.of("org/springframework/", "io/micrometer/", "org/aopalliance/", COMMONS.get(2)),
        List.of(
            "org/springframework/dao/",
            "org/springframework/jca/",
            "org/springframework/jdbc/",
            "org/springframework/session/",
            "org/springframework/transaction/"));
  }

  @SafeVarargs
  private static Library peer(String name, String own, List<String>... needs) {
    List<String> all = Arrays.stream(needs).flatMap(List::stream).toList();
    return new Library(name, own, List.of(own), all, List.of("org/slf4j/nop/"));
  }

  boolean isOwn(String path) {
    return begins(path, own) && !begins(path, without);
  }

  boolean isNeeded(String path) {
    return (begins(path, own) || begins(path, needs)) && !begins(path, without);
  }

  private static boolean begins(String path, List<String> beginnings) {
    return beginnings.stream().anyMatch(path::startsWith);
  }
}
