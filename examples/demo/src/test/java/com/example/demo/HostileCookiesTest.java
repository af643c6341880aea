package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cookie lines as no browser sends them, over a raw socket. */
class HostileCookiesTest {
  private static final String PASSWORD = "wonderland-1865";
  private static RunningDemo demo;
  private static String good;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start();
    assertThat(demo.register("alice", PASSWORD).statusCode()).isEqualTo(201);
    good = demo.loggedIn("alice", PASSWORD);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  /** {@code <good>} stands for the cookie with its name, {@code <id>} for its value. */
  static Stream<List<String>> none() {
    return Stream.of(
        List.of(""),
        List.of("="),
        List.of(";"),
        List.of("=;=;=;"),
        List.of("; ; ;; ,, \t"),
        List.of("dev-session"),
        List.of("dev-session="),
        List.of("dev-session=="),
        List.of("dev-session;<id>"),
        List.of("<id>"),
        List.of("=<good>"),
        List.of("x=<good>"),
        List.of("DEV-SESSION=<id>"),
        List.of("Dev-Session=<id>"),
        List.of("dev-sess\u0131on=<id>"),
        List.of("\"dev-session\"=<id>"),
        List.of("__Host-session=<id>"),
        List.of("__Secure-dev-session=<id>"),
        List.of("dev-session=\"<id>\""),
        List.of("dev-session='<id>'"),
        List.of("dev-session=<id>="),
        List.of("dev-session=<id>%3D"),
        List.of("dev-session=<id>A"),
        List.of("dev-session=<id>,dev-session=<id>"),
        List.of("dev-session=<id>, x=y"),
        List.of("dev-session=<id> x"),
        List.of("dev-session=<id>\u00a0"),
        List.of("dev-session=\u0000<id>"),
        List.of("dev-session=%00"),
        List.of("dev-session=../../../etc/passwd"),
        List.of("dev-session=' OR '1'='1"),
        List.of("dev-session=${jndi:ldap://127.0.0.1/x}"),
        List.of("dev-session=" + "A".repeat(42)),
        List.of("dev-session=" + "A".repeat(43)),
        List.of("dev-session=" + "A".repeat(44)),
        List.of("dev-session=" + "_".repeat(43)),
        List.of("dev-session=" + "+".repeat(43)),
        List.of("dev-session=" + "\u00e9".repeat(43)),
        List.of("dev-session=" + "\ud83e\udd8a".repeat(22)),
        List.of("dev-session=" + "A".repeat(100_000)),
        List.of("dev-session" + "=".repeat(100_000)),
        List.of("A".repeat(100_000)),
        List.of(";".repeat(100_000)),
        List.of(" ".repeat(100_000) + "x"),
        List.of("a=b;".repeat(20_000)),
        List.of("dev-session=x;".repeat(10_000)),
        List.of("<good>; <good>"),
        List.of("<good>", "<good>"),
        List.of("<good>; dev-session="),
        List.of("dev-session=x; <good>"),
        List.of("$Version=1; $Path=/; dev-session=\"<id>\""));
  }

  private static String[] lines(List<String> values) {
    String id = good.substring(good.indexOf('=') + 1);
    return values.stream()
        .map(value -> "Cookie: " + value.replace("<good>", good).replace("<id>", id))
        .toArray(String[]::new);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("none")
  @DisplayName(
      "SE-8 a hostile cookie is none: hello is 401, public is anonymous, nobody is logged out")
  void none(List<String> values) throws Exception {
    String answer = demo.rawGet("/api/hello", lines(values));
    assertThat(answer)
        .startsWith("HTTP/1.1 401 ")
        .contains("\"code\":\"authentication_required\"")
        .doesNotContain("Set-cookie");
    assertThat(demo.rawGet("/api/public", lines(values)))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("{\"public\":\"anonymous\"}");
    assertThat(demo.get("/api/hello", "Cookie", good).statusCode()).isEqualTo(200);
  }

  static Stream<List<String>> one() {
    return Stream.of(
        List.of("<good>"),
        List.of("<good>;"),
        List.of(" ;; <good> ;;"),
        List.of("a=b; <good>; c=d"),
        List.of("a=b", "<good>", "c=d"),
        List.of("<good>", ""),
        List.of("a=b;".repeat(10_000) + "<good>"),
        List.of("dev-session2=x; xdev-session=y; dev-session; <good>"));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("one")
  @DisplayName("SE-8 a good cookie among others is found")
  void one(List<String> values) throws Exception {
    assertThat(demo.rawGet("/api/hello", lines(values))).startsWith("HTTP/1.1 200 ");
  }
}
