package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a host answered.
 *
 * @param protocol for example {@code HTTP/1.1}
 * @param interim the statuses of answers before the last, such as 100
 * @param status the status; 0 if the connection ended without an answer
 * @param lines the header field lines as received
 * @param body the body as text in UTF-8
 */
record Answer(
    String protocol, List<Integer> interim, int status, List<Ask.Line> lines, String body) {
  static final Answer NONE = new Answer("", List.of(), 0, List.of(), "");

  List<String> values(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lines.stream()
        .filter(line -> line.name().toLowerCase(Locale.ROOT).equals(lower))
        .map(Ask.Line::value)
        .toList();
  }

  Answer is(int expected) {
    assertThat(status).as("the status of %s", this).isEqualTo(expected);
    return this;
  }

  /** A problem of the library's, written as it is. */
  Answer isProblem(int expected, String code) {
    is(expected);
    assertThat(body).as("the problem").contains("\"code\":\"" + code + "\"");
    assertThat(values("Content-Type")).as("its type").containsExactly("application/problem+json");
    isNotStored();
    return this;
  }

  Answer isNotStored() {
    assertThat(values("Cache-Control").stream().filter(value -> value.contains("no-store")))
        .as("Cache-Control: no-store, once")
        .hasSize(1);
    return this;
  }

  /** The text of a field of a JSON body. */
  String text(String field) {
    Matcher found = Pattern.compile("\"" + field + "\":\"([^\"\\\\]*)\"").matcher(body);
    assertThat(found.find()).as("%s is a field of %s", field, this).isTrue();
    return found.group(1);
  }

  /** The cookie whose name ends so, as {@code name=value}. */
  String cookie(String suffix) {
    return setCookie(suffix).split(";", 2)[0];
  }

  String setCookie(String suffix) {
    return values("Set-Cookie").stream()
        .filter(line -> line.substring(0, Math.max(0, line.indexOf('='))).endsWith(suffix))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No cookie …" + suffix + " in " + this));
  }

  /** Without values, which may be secret. */
  @Override
  public String toString() {
    return protocol
        + " "
        + status
        + " "
        + lines.stream().map(Ask.Line::name).toList()
        + " "
        + (body.startsWith("{\"type\"") ? body : body.length() + " characters");
  }
}
