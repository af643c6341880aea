package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sallyport.AuthRequest;
import dev.sallyport.Client;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.store.User;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The body of a registration. What is taken for JSON must be so by a reader of its own here. */
public final class RegisterFuzz {
  private static final JsonMapper LENIENT = new JsonMapper();
  private static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "");

  private RegisterFuzz() {}

  /** One registration. */
  public static void fuzzerTestOneInput(byte[] input) {
    Site site = new Site();
    AuthResponse response = register(site, input);
    Site.check(response);
    assertThat(response.status()).isIn(201, 400, 413);
    if (response.status() == 413) {
      assertThat(input.length).isGreaterThan(16 * 1024);
    } else if (response.status() == 201) {
      new StrictReader(input).checkObject();
      checkRegistered(site, json(input), json(response.bytes()));
      assertThat(register(site, input).status()).isEqualTo(409);
    } else {
      JsonNode problem = json(response.bytes());
      assertThat(response.body()).as("says nothing of the client's").matches("[ -~]+");
      if (problem.get("code").textValue().equals("invalid_request")) {
        new StrictReader(input).checkObject();
        assertThat(problem.get("errors")).isNotEmpty();
      }
    }
  }

  private static AuthResponse register(Site site, byte[] body) {
    AuthRequest request =
        AuthRequest.builder("POST", "/auth/register", null, CLIENT.address(), true)
            .header("Content-Type", "application/json")
            .build();
    try {
      return site.endpoints.handle(request, new ByteArrayInputStream(body));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void checkRegistered(Site site, JsonNode sent, JsonNode answer) {
    String name = sent.get("username").textValue();
    User user = site.users.findByName(name).orElseThrow();
    assertThat(user.name()).isEqualTo(name);
    assertThat(user.principal().roles()).isEmpty();
    assertThat(answer.size()).isEqualTo(2);
    assertThat(answer.get("id").textValue()).isEqualTo(user.id());
    assertThat(answer.get("username").textValue()).isEqualTo(name);
    Password password = Password.of(sent.get("password").textValue());
    assertThat(site.passwords.verify(name, password, CLIENT))
        .isInstanceOf(PasswordResult.Verified.class);
  }

  private static JsonNode json(byte[] utf8) {
    try {
      return LENIENT.readTree(utf8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** RFC 8259 by the letter, strict UTF-8, each name once in its object. */
  private static final class StrictReader {
    private final String text;
    private int at;

    StrictReader(byte[] utf8) {
      text = new String(utf8, StandardCharsets.UTF_8);
      assertThat(text.getBytes(StandardCharsets.UTF_8)).as("strict UTF-8").isEqualTo(utf8);
    }

    void checkObject() {
      space();
      assertThat(peek()).isEqualTo('{');
      value(1);
      assertThat(at).as("the end").isEqualTo(text.length());
    }

    private char peek() {
      return at < text.length() ? text.charAt(at) : '\0';
    }

    private void space() {
      while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
        at++;
      }
    }

    private boolean skip(char c) {
      boolean there = peek() == c;
      at += there ? 1 : 0;
      return there;
    }

    private void require(String what) {
      assertThat(text.startsWith(what, at)).as("%s at %d", what, at).isTrue();
      at += what.length();
    }

    private void value(int depth) {
      assertThat(depth).as("depth").isLessThanOrEqualTo(17);
      space();
      switch (peek()) {
        case '{' -> members('}', depth, new HashSet<>());
        case '[' -> members(']', depth, null);
        case '"' -> string();
        case 't' -> require("true");
        case 'f' -> require("false");
        case 'n' -> require("null");
        default -> number();
      }
      space();
    }

    private void members(char end, int depth, Set<String> names) {
      at++;
      space();
      if (skip(end)) {
        return;
      }
      do {
        space();
        if (names != null) {
          assertThat(names.add(string())).as("each name once").isTrue();
          space();
          require(":");
        }
        value(depth + 1);
      } while (skip(','));
      require(String.valueOf(end));
    }

    private String string() {
      require("\"");
      StringBuilder unescaped = new StringBuilder();
      while (!skip('"')) {
        char c = text.charAt(at++);
        assertThat(c).as("in a string").isGreaterThanOrEqualTo(' ');
        unescaped.append(c == '\\' ? escaped(text.charAt(at++)) : c);
      }
      String string = unescaped.toString();
      assertThat(string.codePoints())
          .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
      return string;
    }

    private char escaped(char c) {
      if (c == 'u') {
        String hex = text.substring(at, at + 4);
        assertThat(hex).matches("[0-9A-Fa-f]{4}");
        at += 4;
        return (char) Integer.parseInt(hex, 16);
      }
      int index = "\"\\/bfnrt".indexOf(c);
      assertThat(index).as("the escape").isNotNegative();
      return "\"\\/\b\f\n\r\t".charAt(index);
    }

    private void number() {
      int start = at;
      while (at < text.length() && "+-.0123456789Ee".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      assertThat(List.of(text.substring(start, at)))
          .allMatch(n -> n.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?"));
    }
  }
}
