package com.example.http;

import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticator;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.TokenAuthenticator;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("HT OpenAPI")
class OpenApiTest {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private static AuthEndpoints.Builder builder(Site site, Guard guard) {
    return AuthEndpoints.builder(site.accounts, guard).openApi().javaScriptClient();
  }

  private static final Map<String, AuthEndpoints> HOSTS = hosts();

  /** One of each kind of host. */
  private static Map<String, AuthEndpoints> hosts() {
    Site plain = new Site();
    IntrospectionSite all = new IntrospectionSite();
    IntrospectionSite cookies = IntrospectionSite.withCookies();
    JwtSite secret = new JwtSite(JwsAlgorithm.HS256, families -> families);
    JwtSite bound =
        new JwtSite(JwsAlgorithm.ES256, families -> families.dpop(DpopPolicy.allowed()));
    SessionAuthenticator bare =
        SessionAuthenticator.builder(plain.sessions).withoutChallenge().build();
    Guard below = plain.guardIn(plain.environment.withMountPath("/app"));
    Permission asking = Permission.role("introspect");
    return Map.ofEntries(
        Map.entry("usual", plain.endpoints),
        Map.entry("everything", builder(all.site, all.guard).introspection(asking).build()),
        Map.entry("in cookies", builder(cookies.site, cookies.guard).build()),
        Map.entry("keys are secret", secret.endpoints),
        Map.entry("bound to keys", bound.endpoints),
        Map.entry("Basic only", builder(plain, plain.guardOf(plain.basic)).build()),
        Map.entry("no challenge", builder(plain, plain.guardOf(bare)).build()),
        Map.entry("elsewhere", builder(plain, below).basePath("/api/who").build()),
        Map.entry(
            "keys elsewhere",
            builder(all.site, all.guard).basePath("/a").keySetPath("/keys.json").build()),
        Map.entry("by invitation", builder(plain, plain.guard).withoutRegistration().build()),
        Map.entry("users of others", builder(plain, plain.guard).readOnlyUsers().build()));
  }

  static Stream<String> names() {
    return HOSTS.keySet().stream().sorted();
  }

  private static JsonNode document(String name) {
    return Described.of(HOSTS.get(name)).document;
  }

  private static Set<String> operations(JsonNode document) {
    Set<String> operations = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return operations;
  }

  private static AuthResponse send(AuthEndpoints endpoints, TestRequest request)
      throws IOException {
    return endpoints.handle(request.build(), InputStream.nullInputStream());
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("HT what a host has is described, and nothing else is")
  void routes(String name) throws IOException {
    AuthEndpoints endpoints = HOSTS.get(name);
    JsonNode document = Described.of(endpoints).document;
    Set<String> paths = new TreeSet<>();
    document.path("paths").fieldNames().forEachRemaining(paths::add);
    assertThat(endpoints).hasToString("AuthEndpoints" + paths);
    Set<String> found = new TreeSet<>();
    for (String path : paths) {
      for (String method : METHODS) {
        int status = send(endpoints, TestRequest.of(method, path.replace("{id}", "a"))).status();
        assertThat(status).isNotEqualTo(404);
        if (status != 405) {
          found.add(method + " " + path);
        }
      }
    }
    assertThat(operations(document)).isEqualTo(found);
  }

  @Test
  @DisplayName("HT the document in the JAR describes what some host has")
  void inTheJar() throws IOException {
    try (InputStream in =
        AuthEndpoints.class.getResourceAsStream("/dev/sallyport/http/openapi.json")) {
      JsonNode all = Described.read(new String(in.readAllBytes(), UTF_8));
      assertThat(operations(all)).isEqualTo(operations(document("everything")));
    }
  }

  private static void collect(JsonNode node, String field, Set<String> values) {
    if (node.path(field).isTextual()) {
      values.add(node.path(field).textValue());
    }
    node.forEach(member -> collect(member, field, values));
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("HT each reference of a document leads somewhere, and nothing in it is unused")
  void references(String name) {
    JsonNode document = document(name);
    assertThat(document.path("openapi").textValue()).isEqualTo("3.1.0");
    Set<String> references = new TreeSet<>();
    collect(document, "$ref", references);
    Set<String> components = new TreeSet<>();
    document
        .path("components")
        .properties()
        .forEach(
            group ->
                group
                    .getValue()
                    .fieldNames()
                    .forEachRemaining(
                        one -> components.add("#/components/" + group.getKey() + "/" + one)));
    components.removeIf(one -> one.startsWith("#/components/securitySchemes/"));
    assertThat(components).isEqualTo(references);
    assertThat(document.toString()).doesNotContain("x-if");
    Set<String> ids = new HashSet<>();
    collect(document.path("paths"), "operationId", ids);
    assertThat(ids).hasSameSizeAs(operations(document));
  }

  private static List<String> schemes(JsonNode document, String path) {
    List<String> schemes = new ArrayList<>();
    document
        .path("paths")
        .path(path)
        .path("get")
        .path("security")
        .forEach(one -> one.fieldNames().forEachRemaining(schemes::add));
    return schemes;
  }

  @Test
  @DisplayName("HT security schemes are those of the chain, and what is public needs none")
  void security() {
    JsonNode all = document("everything");
    assertThat(schemes(all, "/auth/me"))
        .containsExactly("bearer", "token", "basic", "session-cookie");
    assertThat(all.at("/components/securitySchemes/session-cookie/name").textValue())
        .isEqualTo("__Host-session");
    assertThat(all.toString())
        .as("its members have an order of their own, else each node had another ETag")
        .contains(
            "{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"__Host-session\",\"description\"");
    assertThat(all.at("/components/securitySchemes/token/scheme").textValue()).isEqualTo("token");
    assertThat(all.at("/paths/~1auth~1login/post/security")).isEmpty();
    assertThat(all.at("/paths/~1auth~1tokens/post/security")).hasSize(5);
    JsonNode cookies = document("in cookies");
    assertThat(schemes(cookies, "/auth/me"))
        .containsExactly("token-cookie", "jwt-cookie", "basic", "session-cookie");
    assertThat(cookies.at("/components/securitySchemes/jwt-cookie/name").textValue())
        .isEqualTo("__Host-jwt");
    assertThat(schemes(document("bound to keys"), "/auth/me")).contains("dpop", "bearer");
    assertThat(schemes(document("Basic only"), "/auth/me")).containsExactly("basic");
  }

  @Test
  @DisplayName("HT a scheme of somebody else's is described as what it declares")
  void otherSchemes() {
    Site site = new Site();
    Authenticator keys =
        Authenticator.named(
            "keys", request -> NotAttempted.NO_CREDENTIALS, Challenge.of("Key", "x"));
    Authenticator silent = Authenticator.named("a b", request -> NotAttempted.NO_CREDENTIALS);
    TokenAuthenticator tokens =
        TokenAuthenticator.builder(new TokenSite().tokens).keywords("ApiKey").build();
    JsonNode document = Described.of(site.endpoints(site.guardOf(keys, silent, tokens))).document;
    assertThat(schemes(document, "/auth/me")).containsExactly("key", "a_b", "apikey");
    assertThat(document.at("/components/securitySchemes/a_b/in").textValue()).isEqualTo("header");
  }

  @Test
  @DisplayName("JW-11 TK-7 tokens in cookies are in no body that is described")
  void inCookies() {
    JsonNode cookies = document("in cookies");
    assertThat(cookies.at("/components/schemas/TokenPair/required"))
        .extracting(JsonNode::textValue)
        .containsExactly("token_type", "expires_in", "refresh_expires_in");
    assertThat(cookies.at("/components/schemas/NewToken/properties").has("token")).isFalse();
    assertThat(cookies.at("/paths/~1auth~1jwt~1refresh/post").has("requestBody")).isFalse();
    JsonNode bodies = document("everything");
    assertThat(bodies.at("/components/schemas/TokenPair/required")).hasSize(5);
    assertThat(bodies.at("/paths/~1auth~1jwt~1refresh/post").has("requestBody")).isTrue();
  }

  @Test
  @DisplayName("GU-2 where there is no challenge, there is no 401")
  void withoutChallenge() {
    JsonNode document = document("no challenge");
    for (JsonNode item : document.path("paths")) {
      for (JsonNode operation : item) {
        assertThat(operation.path("responses").has("401")).isFalse();
      }
    }
    assertThat(document.at("/paths/~1auth~1login/post/responses/403/$ref").textValue())
        .isEqualTo("#/components/responses/Refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/auth/openapi.json", "/auth/sallyport.js"})
  @DisplayName("HT files are served if a host asks for it, to anybody, and are asked about by ETag")
  void files(String path) throws IOException {
    AuthEndpoints endpoints = HOSTS.get("everything");
    AuthResponse answer = send(endpoints, TestRequest.get(path).basic("nobody", "wrong"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "Cache-Control")).containsExactly("no-cache");
    assertThat(header(answer, "X-Content-Type-Options")).containsExactly("nosniff");
    String tag = answer.header("ETag").orElseThrow();
    assertThat(tag).matches("\"[\\w-]{43}\"");
    for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      AuthResponse same = send(endpoints, TestRequest.get(path).header("If-None-Match", known));
      assertThat(same.status()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
      assertThat(header(same, "ETag")).containsExactly(tag);
    }
    assertThat(send(endpoints, TestRequest.get(path).header("If-None-Match", "\"x\"")).body())
        .isEqualTo(answer.body());
    assertProblem(send(HOSTS.get("usual"), TestRequest.get(path)), 404, "not_found");
    assertThat(send(endpoints, TestRequest.post(path)).header("Allow")).contains("GET, HEAD");
  }

  @Test
  @DisplayName("HT the document that is served is the one that code gets")
  void served() throws IOException {
    AuthEndpoints endpoints = HOSTS.get("elsewhere");
    AuthResponse answer = send(endpoints, TestRequest.get("/app/api/who/openapi.json"));
    assertThat(answer.body()).isEqualTo(endpoints.openApi());
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(endpoints.openApi()).contains("\"/app/api/who/me\"").doesNotContain("\"/auth/");
  }

  /** Asks everything that there is, in every way that an answer of its own is described for. */
  @Test
  @DisplayName("HT each status that is described can be had, and what comes is as described")
  void everyStatus() throws IOException {
    IntrospectionSite site = new IntrospectionSite();
    AuthEndpoints endpoints =
        builder(site.site, site.guard).introspection(Permission.role("introspect")).build();
    Described.SEEN.clear();
    new EveryRequest(site, endpoints).sendAll();
    Set<String> described = new TreeSet<>();
    for (JsonNode item : Described.of(endpoints).document.path("paths")) {
      for (JsonNode operation : item) {
        operation
            .path("responses")
            .fieldNames()
            .forEachRemaining(
                status -> described.add(operation.path("operationId").textValue() + " " + status));
      }
    }
    described.removeAll(Described.SEEN);
    // Races, and limits of other hosts: Described compares them in the tests that have them.
    assertThat(described)
        .containsExactlyInAnyOrder(
            "changePassword 409", "createToken 409", "jwtLogin 409", "login 409");
  }

  @Test
  @DisplayName("HT a document is the same for each request, and is made without asking a store")
  void stable() {
    IntrospectionSite site = new IntrospectionSite();
    site.site.userCalls.down = true;
    site.site.tokenCalls.down = true;
    assertThat(site.endpoints.openApi()).isEqualTo(site.endpoints.openApi());
  }

  /** For readers of this class: what Described does is not in vain. */
  @Test
  @DisplayName("HT an answer that isn't described is noticed")
  void undescribed() {
    Site site = new Site();
    AuthRequest request = TestRequest.get("/auth/me").build();
    for (AuthResponse wrong :
        List.of(
            new AuthResponse(418, List.of(), ""),
            new AuthResponse(
                200,
                List.of(new AuthResponse.Header("Content-Type", "application/json")),
                "{\"id\":1}"),
            new AuthResponse(
                401,
                List.of(new AuthResponse.Header("Content-Type", "application/problem+json")),
                "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":401,\"code\":\"new\",\"detail\":\"x\"}"))) {
      assertThatThrownBy(() -> Described.checked(site.endpoints, request, "", wrong))
          .isInstanceOf(AssertionError.class);
    }
  }
}
