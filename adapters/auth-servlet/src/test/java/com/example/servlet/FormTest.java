package com.example.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("AD-2 A form at which the guard has looked for csrf_token is whole for the servlet:")
class FormTest {
  private static final int LIMIT = 2 * 1024 * 1024;

  private final Site site = new Site();

  /** What a servlet answers to a form. */
  interface Reads {
    Object from(HttpServletRequest request) throws IOException, ServletException;
  }

  private void run(Container container, Reads reads, Site.Conversation conversation)
      throws Exception {
    site.run(
        container,
        context ->
            Site.serve(
                context,
                "/form",
                (request, response) -> Site.say(response, "<" + reads.from(request) + ">")),
        conversation);
  }

  static String token(Wire wire, String cookie) throws IOException {
    String me = wire.get("/auth/me", cookie).body();
    return me.replaceFirst("(?s).*\"csrf_token\":\"([^\"]+)\".*", "$1");
  }

  /** Posts what follows a good token; the text has it in front. */
  static Wire.Answer post(Wire wire, String target, String rest) throws IOException {
    String cookie = Site.session(wire);
    return wire.send(
        "POST",
        target,
        "csrf_token=" + token(wire, cookie) + rest,
        cookie,
        "Content-Type: application/x-www-form-urlencoded");
  }

  private static Map<String, String> parameters(HttpServletRequest request) {
    Map<String, String> all = new TreeMap<>();
    request.getParameterMap().forEach((name, values) -> all.put(name, String.join("+", values)));
    all.remove("csrf_token");
    return all;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("its parameters, those of the query first")
  void parameters(Container container) throws Exception {
    run(
        container,
        request ->
            request.getParameter("a")
                + String.join("+", request.getParameterValues("a"))
                + request.getParameter("none")
                + (request.getParameterValues("none") == null)
                + Collections.list(request.getParameterNames()).contains("b")
                + parameters(request),
        wire ->
            assertThat(post(wire, "/form?a=1", "&a=2&b=%C3%A4+%26&a=3").body())
                .contains("<11+2+3nulltruetrue{a=1+2+3, b=ä &}>"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("its bytes, by stream and by reader, also where they are many")
  void bytes(Container container) throws Exception {
    String rest = "&a=" + "x".repeat(100_000);
    run(
        container,
        request -> {
          if (request.getParameter("by") == null && request.getQueryString() != null) {
            return "no parameter of the query";
          }
          return 0;
        },
        wire -> assertThat(post(wire, "/form?by=x", rest).body()).contains("<0>"));
    run(
        container,
        request ->
            request.getQueryString().equals("reader")
                ? request.getReader().readLine().length()
                : request.getInputStream().readAllBytes().length,
        wire -> {
          for (String target : new String[] {"/form?reader", "/form?stream"}) {
            assertThat(post(wire, target, rest).body())
                .as(target)
                .contains("<" + ("csrf_token=".length() + 43 + rest.length()) + ">");
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("where the stream was read, parameters are those of the query")
  void streamFirst(Container container) throws Exception {
    run(
        container,
        request -> {
          ServletInputStream stream = request.getInputStream();
          String text = new String(stream.readNBytes(11), StandardCharsets.US_ASCII);
          boolean more = stream.read() >= 0 && !stream.isFinished() && stream.isReady();
          stream.readAllBytes();
          return text + more + stream.isFinished() + parameters(request);
        },
        wire ->
            assertThat(post(wire, "/form?a=1", "&a=2").body())
                .contains("<csrf_token=truetrue{a=1}>"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("parameters of exactly 2 MiB are read, one byte more is an error that says so")
  void limit(Container container) throws Exception {
    int token = "csrf_token=".length() + 43 + "&a=".length();
    run(
        container,
        request -> {
          try {
            return request.getParameter("a").length();
          } catch (IllegalStateException e) {
            return e.getMessage();
          }
        },
        wire -> {
          assertThat(post(wire, "/form", "&a=" + "x".repeat(LIMIT - token)).body())
              .contains("<" + (LIMIT - token) + ">");
          assertThat(post(wire, "/form", "&a=" + "x".repeat(LIMIT - token + 1)).body())
              .contains("2 MiB");
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("it can't be read without blocking, and that is said")
  void nonBlocking(Container container) throws Exception {
    run(
        container,
        request -> {
          try {
            request.getInputStream().setReadListener(new Ignorant());
            return "accepted";
          } catch (IllegalStateException e) {
            return e.getMessage();
          }
        },
        wire -> assertThat(post(wire, "/form", "").body()).contains("csrf_token", "blocking"));
  }

  /** Listens to nothing. */
  private static final class Ignorant implements ReadListener {
    @Override
    public void onDataAvailable() {}

    @Override
    public void onAllDataRead() {}

    @Override
    public void onError(Throwable t) {}
  }
}
