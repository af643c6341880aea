package com.example.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.HeaderSource;
import dev.sallyport.http.BrokenBodyException;
import dev.sallyport.http.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int LIMIT = 16 * 1024;

  private int opened;

  private RequestBody body(String content, String... types) {
    return of(() -> new ByteArrayInputStream(content.getBytes(ISO_8859_1)), types);
  }

  private RequestBody of(RequestBody.Source source, String... types) {
    return RequestBody.of(
        new ContentType(List.of(types)),
        () -> {
          opened++;
          return source.open();
        });
  }

  private static List<String> field(RequestBody body) {
    return body.form().values("csrf_token");
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), ISO_8859_1);
  }

  @Test
  @DisplayName("AD-2 a body that nobody reads is not opened")
  void lazy() {
    RequestBody body = body("csrf_token=a", FORM);
    body.form();
    body.stream();
    assertThat(body.isForm()).isTrue();
    assertThat(body.isBegun()).isFalse();
    assertThat(opened).isZero();
  }

  @Test
  @DisplayName("AD-2 it is opened once, however many fields are asked for and however it is read")
  void once() throws IOException {
    RequestBody body = body("csrf_token=a&b=c", FORM);
    assertThat(field(body)).containsExactly("a");
    assertThat(body.form().values("b")).containsExactly("c");
    assertThat(body.form().values("d")).isEmpty();
    assertThat(body.isBegun()).isTrue();
    assertThat(body.stream().read()).isEqualTo('c');
    assertThat(body.stream()).isSameAs(body.stream());
    assertThat(text(body.stream())).isEqualTo("srf_token=a&b=c");
    assertThat(body.stream().read()).isEqualTo(-1);
    assertThat(opened).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, LIMIT - 1, LIMIT, LIMIT + 1, 3 * LIMIT, 200_000})
  @DisplayName("AD-2 whoever reads the body gets all of it, looked at or not")
  void whole(int length) throws IOException {
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < length; i++) {
      content.append((char) (i % 256));
    }
    RequestBody unseen = body(content.toString(), FORM);
    assertThat(text(unseen.stream())).isEqualTo(content.toString());
    assertThat(unseen.isBegun()).isFalse();
    RequestBody seen = body(content.toString(), FORM);
    field(seen);
    assertThat(text(seen.stream())).isEqualTo(content.toString());
  }

  @Test
  @DisplayName("AD-2 a host that takes back what was looked at is told how much that is")
  void available() throws IOException {
    String content = "csrf_token=a&b=" + "c".repeat(LIMIT);
    RequestBody body = body(content, FORM);
    assertThat(body.stream().available()).isZero();
    field(body);
    assertThat(body.stream().available()).isEqualTo(LIMIT);
    assertThat(body.stream().readNBytes(LIMIT)).hasSize(LIMIT);
    assertThat(body.stream().available()).isZero();
    assertThat(text(body.stream())).isEqualTo(content.substring(LIMIT));
  }

  @Test
  @DisplayName("AD-2 single bytes above 127 are no end of the body")
  void bytes() throws IOException {
    RequestBody body = body("\u00ff\u0080", FORM);
    field(body);
    assertThat(body.stream().read()).isEqualTo(255);
    assertThat(body.stream().read()).isEqualTo(128);
    assertThat(body.stream().read()).isEqualTo(-1);
  }

  @Test
  @DisplayName("AD-2 a field is found where it ends at 16 KiB exactly, and no further")
  void limit() throws IOException {
    String field = "&csrf_token=good";
    String within = "a".repeat(LIMIT - field.length()) + field;
    assertThat(field(body(within, FORM))).containsExactly("good");
    assertThat(field(body(within + "&b=" + "c".repeat(LIMIT), FORM))).containsExactly("good");
    RequestBody beyond = body("a" + within, FORM);
    assertThat(field(beyond)).as("cut off").containsExactly("goo");
    assertThat(text(beyond.stream())).isEqualTo("a" + within);
    assertThat(field(body("a".repeat(LIMIT) + field, FORM))).isEmpty();
  }

  @Test
  @DisplayName("AD-2 no more than 16 KiB is read for a field, though there is more")
  void readsNoFurther() throws IOException {
    InputStream never =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("read too far");
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            return read();
          }
        };
    byte[] begin = ("csrf_token=a&" + "b".repeat(LIMIT - 13)).getBytes(ISO_8859_1);
    assertThat(begin).hasSize(LIMIT);
    RequestBody body =
        of(() -> new SequenceInputStream(new ByteArrayInputStream(begin), never), FORM);
    assertThat(field(body)).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FORM,
        "Application/X-WWW-Form-URLEncoded",
        FORM + ";charset=utf-8",
        FORM + " ; charset=\"x;y\"",
        FORM + "\t",
      })
  @DisplayName("AD-2 a form is known by its Content-Type, in any letter case, with parameters")
  void forms(String type) {
    assertThat(field(body("csrf_token=a", type))).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "application/json",
        "multipart/form-data; boundary=x",
        FORM + "x",
        FORM + ", text/plain",
        "text/plain; " + FORM,
        " " + FORM,
        "application/\u017F-www-form-urlencoded",
      })
  @DisplayName("AD-2 a body of another type is no form, and is not opened to look for one")
  void others(String type) {
    assertThat(field(body("csrf_token=a", type))).isEmpty();
    assertThat(opened).isZero();
  }

  @Test
  @DisplayName("AD-2 without Content-Type, or with two, a body is no form")
  void countOfTypes() {
    assertThat(field(body("csrf_token=a"))).isEmpty();
    RequestBody two = body("csrf_token=a", FORM, FORM);
    assertThat(two.isForm()).isFalse();
    assertThat(field(two)).isEmpty();
    assertThat(two.isBegun()).isFalse();
    assertThat(opened).isZero();
  }

  @Test
  @DisplayName("AD-2, AD-6 a body that breaks off has no field, and its reader learns of it")
  void breaksOff() {
    RequestBody body = of(() -> new Breaking("csrf_token=a"), FORM);
    assertThat(field(body)).isEmpty();
    assertThat(body.isBegun()).isTrue();
    assertBroken(body);
  }

  @Test
  @DisplayName(
      "AD-2, AD-6 one that goes on after a fault is broken all the same: bytes are missing")
  void goesOn() {
    RequestBody looked = of(() -> new Pausing("csrf_token=a"), FORM);
    assertThat(field(looked)).isEmpty();
    assertBroken(looked);
    RequestBody body = of(() -> new Pausing("csrf_token=a"), FORM);
    assertBroken(body);
    assertBroken(body);
    assertThat(opened).isEqualTo(2);
  }

  @Test
  @DisplayName("AD-2, AD-6 one that can't be opened is broken, and is not opened again")
  void doesNotOpen() {
    RequestBody body =
        of(
            () -> {
              throw new IOException("gone");
            },
            FORM);
    assertThat(field(body)).isEmpty();
    assertThat(field(body)).isEmpty();
    assertBroken(body);
    assertThat(opened).isEqualTo(1);
  }

  @Test
  @DisplayName("AD-2, AD-6 one that others read, so that the host refuses it, has no field either")
  void readByOthers() {
    RequestBody body =
        of(
            () -> {
              throw new IllegalStateException("getReader was called");
            },
            FORM);
    assertThat(field(body)).isEmpty();
    assertBroken(body);
    assertThat(opened).isEqualTo(1);
  }

  private static void assertBroken(RequestBody body) {
    assertThatThrownBy(() -> body.stream().readAllBytes())
        .isInstanceOf(BrokenBodyException.class)
        .hasCauseExactlyInstanceOf(IOException.class);
    assertThatIOException().isThrownBy(() -> body.stream().read());
  }

  @Test
  @DisplayName("PW-6 a body shows nothing of itself")
  void shown() {
    RequestBody body = body("csrf_token=a", FORM);
    field(body);
    assertThat(body).hasToString("RequestBody[hidden]");
  }

  /** Fails at its end, always. */
  private static final class Breaking extends InputStream {
    private final InputStream bytes;

    Breaking(String content) {
      bytes = new ByteArrayInputStream(content.getBytes(ISO_8859_1));
    }

    @Override
    public int read() throws IOException {
      int next = bytes.read();
      if (next < 0) {
        throw new IOException("gone");
      }
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      into[offset] = (byte) read();
      return 1;
    }
  }

  /** Fails at its first read, and goes on with what it has: a time-out, for example. */
  private static final class Pausing extends FilterInputStream {
    private boolean failed;

    Pausing(String content) {
      super(new ByteArrayInputStream(content.getBytes(ISO_8859_1)));
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (!failed) {
        failed = true;
        throw new IOException("timed out");
      }
      return super.read(into, offset, length);
    }
  }

  private record ContentType(List<String> types) implements HeaderSource {
    @Override
    public List<String> values(String name) {
      return name.equals("Content-Type") ? types : List.of();
    }

    @Override
    public Collection<String> names() {
      return List.of("Content-Type");
    }
  }
}
