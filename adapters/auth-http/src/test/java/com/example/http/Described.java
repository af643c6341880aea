package com.example.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What endpoints say of themselves in OpenAPI. Whatever a test of this module sends to endpoints,
 * the answer is compared with it: status, code, fields and headers.
 */
final class Described {
  /** What has been answered, as {@code login 401}. */
  static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Set<String> NOTABLE =
      Set.of("WWW-Authenticate", "Retry-After", "Set-Cookie", "DPoP-Nonce", "ETag");
  private static final Map<AuthEndpoints, Described> KNOWN =
      Collections.synchronizedMap(new WeakHashMap<>());

  final JsonNode document;
  private final JsonNode strict;
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

  private Described(String text) {
    document = read(text);
    strict = document.path("components").deepCopy();
    close(strict.path("schemas"));
  }

  static Described of(AuthEndpoints endpoints) {
    return KNOWN.computeIfAbsent(endpoints, one -> new Described(one.openApi()));
  }

  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer with a field that isn't described is wrong. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && object.has("properties")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(Described::close);
  }

  JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
  }

  private @Nullable JsonNode item(String path) {
    JsonNode paths = document.path("paths");
    JsonNode exact = paths.get(path);
    return exact == null ? paths.get(path.replaceFirst("/[A-Za-z0-9_-]{1,64}$", "/{id}")) : exact;
  }

  static AuthResponse checked(
      AuthEndpoints endpoints, AuthRequest request, String body, AuthResponse answer) {
    Described described = of(endpoints);
    JsonNode item = described.item(request.path());
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    JsonNode operation = item == null ? null : item.get(method.toLowerCase(Locale.ROOT));
    if (item == null) {
      assertThat(answer.status()).as(request.path() + " is not described").isEqualTo(404);
    } else if (operation == null || !method.equals(method.toUpperCase(Locale.ROOT))) {
      assertThat(answer.status()).as(method + " is not described").isEqualTo(405);
    } else {
      described.check(operation, body, answer);
    }
    return answer;
  }

  private void check(JsonNode operation, String body, AuthResponse answer) {
    String what = operation.path("operationId").textValue() + " " + answer.status();
    SEEN.add(what);
    JsonNode described =
        resolve(operation.path("responses").path(Integer.toString(answer.status())));
    assertThat(described.isObject()).as(what + " is described; it is " + answer.body()).isTrue();
    checkHeaders(what, described.path("headers"), answer);
    JsonNode content = described.path("content");
    if (answer.body().isEmpty()) {
      assertThat(content.size()).as(what + " has a body").isZero();
    } else {
      String type = answer.header("Content-Type").orElse("").replaceFirst(";.*", "");
      assertThat(content.has(type)).as(what + " may be " + type).isTrue();
      if (type.endsWith("json")) {
        assertValid(what, content.path(type).path("schema"), answer.body());
      }
    }
    JsonNode taken = operation.path("requestBody").path("content").path("application/json");
    if (answer.status() < 300 && !body.isEmpty() && taken.has("schema")) {
      assertValid("body of " + what, resolve(taken.get("schema")), body);
    }
  }

  private void checkHeaders(String what, JsonNode described, AuthResponse answer) {
    for (AuthResponse.Header header : answer.headers()) {
      if (NOTABLE.contains(header.name())) {
        assertThat(described.has(header.name())).as(what + " may have " + header.name()).isTrue();
      }
    }
    described
        .properties()
        .forEach(
            header ->
                assertThat(
                        answer.header(header.getKey()).isPresent()
                            || !resolve(header.getValue()).path("required").asBoolean())
                    .as(what + " has " + header.getKey())
                    .isTrue());
  }

  private void assertValid(String what, JsonNode schema, String body) {
    Schema compiled =
        schemas.computeIfAbsent(
            schema,
            one -> {
              ObjectNode whole = JSON.createObjectNode();
              whole.set("components", strict);
              whole.putArray("allOf").add(one);
              return SCHEMAS.getSchema(whole);
            });
    assertThat(compiled.validate(read(body))).as(what).isEmpty();
  }
}
