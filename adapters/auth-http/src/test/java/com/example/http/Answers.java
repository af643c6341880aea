package com.example.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.guard.AuthResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What tests ask of answers. */
final class Answers {
  static final String FORGET = "__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax";

  private Answers() {}

  static List<String> header(AuthResponse response, String name) {
    return response.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(AuthResponse.Header::value)
        .toList();
  }

  static List<String> cookies(AuthResponse response) {
    return header(response, "Set-Cookie");
  }

  static JsonNode json(AuthResponse response) {
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static void assertProblem(AuthResponse response, int status, String code) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body()).contains("\"status\":" + status + ",\"code\":\"" + code + "\"");
    assertThat(header(response, "Content-Type")).containsExactly("application/problem+json");
    assertThat(header(response, "Cache-Control")).containsExactly("no-store");
    assertThat(cookies(response)).isEmpty();
  }

  /** 204 with these cookies and nothing else. */
  static void assertDone(AuthResponse response, String... cookies) {
    assertThat(response.status()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "Cache-Control")).containsExactly("no-store");
    assertThat(cookies(response)).containsExactly(cookies);
    assertThat(response.headers()).hasSize(1 + cookies.length);
  }

  /** 200 with a JSON object. */
  static JsonNode assertOk(AuthResponse response) {
    assertThat(response.status()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).containsExactly("application/json");
    assertThat(header(response, "Cache-Control")).containsExactly("no-store");
    return json(response);
  }

  /** The fields and codes of a 400, in order. */
  static List<String> faults(AuthResponse response) {
    assertProblem(response, 400, "invalid_request");
    List<String> faults = new ArrayList<>();
    for (JsonNode error : json(response).get("errors")) {
      assertThat(error.get("detail").textValue()).isNotBlank();
      faults.add(error.get("field").textValue() + " " + error.get("code").textValue());
    }
    return faults;
  }
}
