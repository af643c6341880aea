package com.example.request;

import static dev.sallyport.OriginPolicy.Origin.FOREIGN;
import static dev.sallyport.OriginPolicy.Origin.OWN;
import static dev.sallyport.OriginPolicy.Origin.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.OriginPolicy;
import dev.sallyport.testkit.TestRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose page sent a request. */
class OriginPolicyTest {
  private static final OriginPolicy TRUSTING =
      OriginPolicy.trusting(List.of("https://app.example", "http://localhost:3000"));

  private static TestRequest post(String... headers) {
    TestRequest request = TestRequest.post("/").header("Host", "api.example");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  private static OriginPolicy.Origin judge(String... headers) {
    return OriginPolicy.ownOnly().judge(post(headers).build());
  }

  @Test
  @DisplayName("SE-5 with neither header the policy does not know")
  void neither() {
    assertThat(judge()).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-origin", "none"})
  @DisplayName("SE-5, row 57 Sec-Fetch-Site same-origin or none passes, whatever the Origin")
  void sameOrigin(String site) {
    assertThat(judge("Sec-Fetch-Site", site)).isEqualTo(OWN);
    assertThat(judge("Sec-Fetch-Site", site, "Origin", "https://evil.example")).isEqualTo(OWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cross-site", "same-site", "Same-Origin", "NONE", "", "x", "same-origin,x"})
  @DisplayName("SE-5, row 57 another value without an Origin is refused")
  void otherSite(String site) {
    assertThat(judge("Sec-Fetch-Site", site)).isEqualTo(FOREIGN);
    assertThat(TRUSTING.judge(post("Sec-Fetch-Site", site).build())).isEqualTo(FOREIGN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  @DisplayName("SE-5, BA-7 another value with an own or trusted Origin passes, with another not")
  void otherSiteWithOrigin(String site) {
    assertThat(judge("Sec-Fetch-Site", site, "Origin", "https://api.example")).isEqualTo(OWN);
    assertThat(
            TRUSTING.judge(post("Sec-Fetch-Site", site, "Origin", "https://app.example").build()))
        .isEqualTo(OWN);
    assertThat(judge("Sec-Fetch-Site", site, "Origin", "https://app.example")).isEqualTo(FOREIGN);
    assertThat(judge("Sec-Fetch-Site", site, "Origin", "null")).isEqualTo(FOREIGN);
  }

  @Test
  @DisplayName("SE-5 Sec-Fetch-Site twice counts as neither of them")
  void twoSites() {
    String[] twice = {"Sec-Fetch-Site", "same-origin", "Sec-Fetch-Site", "same-origin"};
    assertThat(judge(twice)).isEqualTo(FOREIGN);
    String[] withOrigin = Arrays.copyOf(twice, 6);
    withOrigin[4] = "Origin";
    withOrigin[5] = "https://evil.example";
    assertThat(judge(withOrigin)).isEqualTo(FOREIGN);
  }

  @Test
  @DisplayName("SE-5 two Origins are refused, also where both are own")
  void twoOrigins() {
    assertThat(judge("Origin", "https://api.example", "Origin", "https://api.example"))
        .isEqualTo(FOREIGN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "https://evil.example",
        "https://api.example.evil.example",
        "https://evil-api.example",
        "https://example",
        "http://api.example",
        "https://api.example:8443",
        "https://api.example/",
        "https://API.example",
        "HTTPS://api.example",
        "https://user@api.example",
        "https://api.example, https://api.example",
        "api.example",
        "//api.example",
      })
  @DisplayName("SE-5 an Origin that is not exactly the own one is refused, null included")
  void foreign(String origin) {
    assertThat(judge("Origin", origin)).isEqualTo(FOREIGN);
  }

  @ParameterizedTest
  @CsvSource({
    "true,  api.example,      https://api.example",
    "true,  API.Example,      https://api.example",
    "true,  api.example:443,  https://api.example",
    "true,  api.example:80,   https://api.example:80",
    "true,  api.example:8443, https://api.example:8443",
    "false, api.example,      http://api.example",
    "false, api.example:80,   http://api.example",
    "false, api.example:443,  http://api.example:443",
    "false, localhost:8080,   http://localhost:8080",
    "true,  [2001:DB8::1],    https://[2001:db8::1]",
    "true,  [::1]:443,        https://[::1]",
    "false, [::1]:80,         http://[::1]",
    "false, [::1]:8080,       http://[::1]:8080",
  })
  @DisplayName("SE-5 the own origin is scheme and Host, without a default port, in lower case")
  void own(boolean secure, String host, String origin) {
    TestRequest request = TestRequest.post("/").header("Host", host).header("Origin", origin);
    if (!secure) {
      request.insecure();
    }
    assertThat(OriginPolicy.ownOnly().judge(request.build())).isEqualTo(OWN);
    String other = secure ? origin.replace("https:", "http:") : origin.replace("http:", "https:");
    TestRequest otherScheme = TestRequest.post("/").header("Host", host).header("Origin", other);
    if (!secure) {
      otherScheme.insecure();
    }
    assertThat(OriginPolicy.ownOnly().judge(otherScheme.build())).isEqualTo(FOREIGN);
  }

  @Test
  @DisplayName("SE-5 without one Host there is no own origin")
  void noHost() {
    OriginPolicy policy = OriginPolicy.ownOnly();
    for (TestRequest request :
        List.of(
            TestRequest.post("/").header("Origin", "https://"),
            TestRequest.post("/").header("Origin", "https://").header("Host", ""),
            post("Host", "api.example", "Origin", "https://api.example"))) {
      assertThat(policy.judge(request.build())).isEqualTo(FOREIGN);
    }
  }

  @Test
  @DisplayName("SE-5, row 57 a trusted Origin passes beside the own one, compared exactly")
  void trusted() {
    assertThat(TRUSTING.judge(post("Origin", "https://app.example").build())).isEqualTo(OWN);
    assertThat(TRUSTING.judge(post("Origin", "http://localhost:3000").build())).isEqualTo(OWN);
    assertThat(TRUSTING.judge(post("Origin", "https://api.example").build())).isEqualTo(OWN);
    for (String origin :
        List.of("http://app.example", "https://app.example:80", "https://APP.example", "null")) {
      assertThat(TRUSTING.judge(post("Origin", origin).build())).as(origin).isEqualTo(FOREIGN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a",
        "http://a.example:8080",
        "https://a-b.example:80",
        "http://a:443",
        "https://[::1]:8443",
        "http://192.0.2.1",
        "capacitor://localhost",
        "tauri://localhost",
        "http://tauri.localhost",
        "ionic://localhost",
        "app://obsidian.md",
        "chrome-extension://nkbihfbeogaeaoehlefnkodbefgpgknn",
        "moz-extension://6a8f3c1e-52c1-4b7e-9d55-0f4c5a1a7f11",
        "safari-web-extension://4D6F2A3B-0B8E-4C3F-9C57-8D1B6A2F4E10",
        "capacitor://localhost:80"
      })
  @DisplayName("SE-5 an origin as browsers send it can be trusted")
  void valid(String origin) {
    assertThatCode(() -> OriginPolicy.trusting(List.of(origin, origin))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "*",
        "https://*.example",
        "https://",
        "https://a/",
        "https://a/b",
        "https://A",
        "HTTPS://a",
        "https://a:443",
        "http://a:80",
        "https://a:",
        "https://a:123456",
        "https://a:x",
        "ftp://a",
        "a.example",
        "https://u@a",
        "https://a?b",
        "https://a b",
        "https://a\n",
        "https://[::1",
        "https://\u00E9",
        "file://",
        "file:///a",
        "wss://a",
        "ws://a",
        "data:text/html,x",
        "blob:https://a/b",
        "Capacitor://localhost",
        "capacitor://localhost/",
        "capacitor://",
        "capacitor:localhost",
        "chrome-extension://*",
        "://a",
      })
  @DisplayName("SE-5 what no browser would send can't be trusted; the message shows it")
  void invalid(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OriginPolicy.trusting(List.of("https://good.example", origin)))
        .withMessageStartingWith("Not an origin as browsers send it")
        .withMessageEndingWith(": " + origin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"capacitor://localhost", "moz-extension://6a8f3c1e", "app://A"})
  @DisplayName("SE-5 the origin of an app passes where it is trusted, compared exactly")
  void apps(String origin) {
    OriginPolicy policy = OriginPolicy.trusting(List.of(origin));
    assertThat(judge(policy, "cross-site", origin)).isEqualTo(OriginPolicy.Origin.OWN);
    for (String other : List.of(origin + "/", origin + ":1", origin + "x", "null", "x" + origin)) {
      assertThat(judge(policy, "cross-site", other))
          .as(other)
          .isEqualTo(OriginPolicy.Origin.FOREIGN);
    }
    assertThat(judge(OriginPolicy.ownOnly(), "cross-site", origin))
        .isEqualTo(OriginPolicy.Origin.FOREIGN);
  }

  private static OriginPolicy.Origin judge(OriginPolicy policy, String site, String origin) {
    return policy.judge(
        TestRequest.post("/").header("Sec-Fetch-Site", site).header("Origin", origin).build());
  }

  @Test
  @DisplayName("SE-5 the trusted origins are copied, and null is none")
  void copied() {
    List<String> origins = new ArrayList<>(List.of("https://app.example"));
    OriginPolicy policy = OriginPolicy.trusting(origins);
    origins.set(0, "https://evil.example");
    assertThat(policy.judge(post("Origin", "https://evil.example").build())).isEqualTo(FOREIGN);
    assertThat(policy.judge(post("Origin", "https://app.example").build())).isEqualTo(OWN);
    origins.set(0, null);
    assertThatNullPointerException().isThrownBy(() -> OriginPolicy.trusting(origins));
  }
}
