package com.example.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.AuthRequest;
import dev.sallyport.HeaderSource;
import dev.sallyport.testkit.TestRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The view of a request that all authenticators share. */
class AuthRequestTest {
  private static final InetAddress PEER = InetAddress.getLoopbackAddress();

  private static AuthRequest.Builder builder() {
    return AuthRequest.builder("GET", "/", null, PEER, true);
  }

  @Test
  @DisplayName("CH-2 a request tells its method, target, peer and transport as given")
  void tells() {
    AuthRequest request = AuthRequest.builder("get", "/a%20b?c=d", null, PEER, false).build();
    assertThat(request.method()).isEqualTo("get");
    assertThat(request.target()).isEqualTo("/a%20b?c=d");
    assertThat(request.clientAddress()).isEqualTo(PEER);
    assertThat(request.isSecure()).isFalse();
    assertThat(builder().build().isSecure()).isTrue();
  }

  @Test
  @DisplayName("CH-2 header fields are found in any letter case, in the order of their lines")
  void headers() {
    AuthRequest request =
        builder()
            .header("X-Id", "1")
            .header("x-ID", "2")
            .header("Other", "")
            .header("A-TO-Z", "3")
            .build();
    assertThat(request.headers("a-to-z")).containsExactly("3");
    assertThat(request.headers("X-ID")).containsExactly("1", "2");
    assertThat(request.headers("x-id")).containsExactly("1", "2");
    assertThat(request.headers("other")).containsExactly("");
    assertThat(request.headers("absent")).isEmpty();
    assertThat(request.headerNames()).containsExactly("x-id", "other", "a-to-z");
  }

  @Test
  @DisplayName("BA-1, row 3 a field name is compared by ASCII letters only")
  void strangeNames() {
    AuthRequest request = builder().header("Token", "1").header("ID", "2").build();
    assertThat(request.headers("To\u212Aen")).isEmpty();
    assertThat(request.headers("\u0131d")).isEmpty();
    assertThat(request.headers("\u0130D")).isEmpty();
    assertThat(request.headers("id")).containsExactly("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "X Id", "X-Id:", "X\r\nY", "\u00E9", "X\0", "\"X\"", "X\u007F"})
  @DisplayName("CH-7 a field name that is no token is refused, without showing it")
  void badNames(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().header(name, "v"))
        .withMessage("A header field name must be a token of RFC 9110");
  }

  @Test
  @DisplayName("CH-10 a request is a copy of what its builder held")
  void copies() {
    AuthRequest.Builder builder = builder().header("A", "1");
    AuthRequest request = builder.build();
    builder.header("A", "2").header("B", "1");
    assertThat(request.headers("A")).containsExactly("1");
    assertThat(request.headers("B")).isEmpty();
    assertThat(request.headers("A")).isUnmodifiable();
  }

  @Test
  @DisplayName("CH-2 header fields can be read through from the host's own request")
  void readThrough() {
    List<String> asked = new ArrayList<>();
    HeaderSource source =
        new HeaderSource() {
          @Override
          public List<String> values(String name) {
            asked.add(name);
            return List.of("Basic YTpi");
          }

          @Override
          public Collection<String> names() {
            return List.of("Authorization");
          }
        };
    AuthRequest request = builder().headers(source).build();
    assertThat(asked).as("nothing is read before it is needed").isEmpty();
    assertThat(request.headerNames()).containsExactly("Authorization");
    assertThat(request.headers("X-Id")).containsExactly("Basic YTpi");
    assertThat(request.authorization().is("Basic")).isTrue();
    assertThat(request.authorization()).isSameAs(request.authorization());
    assertThat(asked).as("Authorization is split once").containsExactly("X-Id", "Authorization");
  }

  @Test
  @DisplayName("CH-2 header fields come from a source or one by one, not both")
  void twoSources() {
    HeaderSource source = new NoFields();
    assertThatIllegalStateException()
        .isThrownBy(() -> builder().header("A", "1").headers(source).build())
        .withMessageContaining("not both");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE"})
  @DisplayName("SE-5 the methods that change nothing are safe")
  void safe(String method) {
    assertThat(TestRequest.of(method, "/").build().isSafe()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"POST", "PUT", "PATCH", "DELETE", "CONNECT", "get", "Get", "", "PROPFIND"})
  @DisplayName("SE-5 every other method is unsafe; methods are case-sensitive")
  void unsafe(String method) {
    assertThat(TestRequest.of(method, "/").build().isSafe()).isFalse();
  }

  @Test
  @DisplayName("PW-6, row 16 toString shows no header field and no query")
  void shown() {
    AuthRequest request =
        TestRequest.post("/a/b?access_token=s3cretvalue&x=1")
            .header("Authorization", "Bearer s3cretvalue")
            .header("Cookie", "s=s3cretvalue")
            .build();
    assertThat(request).hasToString("POST /a/b");
    assertThat(TestRequest.get("/a").build()).hasToString("GET /a");
    assertThat(TestRequest.get("?s3cretvalue").build()).hasToString("GET ");
  }

  @Test
  @DisplayName("TH-5, row 14 forwarded fields change neither the client's address nor security")
  void forwarded() {
    AuthRequest request =
        TestRequest.get("/")
            .from("192.0.2.7")
            .insecure()
            .header("X-Forwarded-For", "203.0.113.1")
            .header("X-Forwarded-Proto", "https")
            .header("X-Real-IP", "203.0.113.1")
            .header("Forwarded", "for=203.0.113.1;proto=https")
            .build();
    assertThat(request.clientAddress().getHostAddress()).isEqualTo("192.0.2.7");
    assertThat(request.isSecure()).isFalse();
  }

  @Test
  @DisplayName("CH-6 null is refused where it is given")
  void nulls() {
    assertThatNullPointerException()
        .isThrownBy(() -> AuthRequest.builder(null, "/", null, PEER, true))
        .withMessage("method");
    assertThatNullPointerException()
        .isThrownBy(() -> AuthRequest.builder("GET", null, null, PEER, true))
        .withMessage("target");
    assertThatNullPointerException()
        .isThrownBy(() -> AuthRequest.builder("GET", "/", null, null, true))
        .withMessage("peer");
    assertThatNullPointerException()
        .isThrownBy(() -> builder().headers(null))
        .withMessage("source");
    assertThatNullPointerException()
        .isThrownBy(() -> builder().header("A", null))
        .withMessage("value");
  }

  /** A request without header fields. */
  private static final class NoFields implements HeaderSource {
    @Override
    public List<String> values(String name) {
      return List.of();
    }

    @Override
    public Collection<String> names() {
      return List.of();
    }
  }
}
