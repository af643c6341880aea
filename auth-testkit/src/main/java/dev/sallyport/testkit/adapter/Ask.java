package dev.sallyport.testkit.adapter;

import dev.sallyport.testkit.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A request of a client. The fields of connection, host and length are its client's. */
final class Ask {
  private final String method;
  private final String target;
  private final List<Line> lines;
  private final byte[] body;

  private Ask(String method, String target, List<Line> lines, byte[] body) {
    this.method = method;
    this.target = target;
    this.lines = lines;
    this.body = body;
  }

  String method() {
    return method;
  }

  String target() {
    return target;
  }

  List<Line> lines() {
    return lines;
  }

  byte[] body() {
    return body;
  }

  /** One header field line, of a request or of an answer. */
  record Line(String name, String value) {}

  static Ask of(String method, String target) {
    return new Ask(method, target, List.of(), new byte[0]);
  }

  /** The same without a body, by another method and at another target. */
  Ask as(String method, String target) {
    return new Ask(method, target, lines, new byte[0]);
  }

  static Ask get(String target) {
    return of("GET", target);
  }

  static Ask post(String target) {
    return of("POST", target);
  }

  Ask with(String name, String value) {
    List<Line> more = new ArrayList<>(lines);
    more.add(new Line(name, value));
    return new Ask(method, target, List.copyOf(more), body);
  }

  boolean has(String name) {
    return lines.stream().anyMatch(line -> line.name().equals(name));
  }

  Ask body(String type, byte[] body) {
    return new Ask(method, target, with("Content-Type", type).lines, body);
  }

  Ask body(String type, String body) {
    return body(type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Without a length (RFC 9112 section 7.1); over HTTP/1.1 only. */
  Ask chunked() {
    return with("Transfer-Encoding", "chunked");
  }

  Ask form(String form) {
    return body("application/x-www-form-urlencoded", form);
  }

  Ask json(String json) {
    return body("application/json", json);
  }

  Ask basic(TestUser user) {
    String pair = user.name() + ":" + user.password();
    return authorization(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  Ask bearer(String token) {
    return authorization("Bearer " + token);
  }

  Ask authorization(String value) {
    Secrets.remember(value.substring(value.indexOf(' ') + 1));
    return with("Authorization", value);
  }

  /** With a cookie, as {@code name=value}. */
  Ask cookie(String pair) {
    Secrets.remember(pair.substring(pair.indexOf('=') + 1));
    return with("Cookie", pair);
  }

  /** Without values, which may be secret. */
  @Override
  public String toString() {
    return method + " " + target + " " + lines.stream().map(Line::name).toList();
  }
}
