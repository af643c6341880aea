package dev.sallyport.guard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A response for an adapter to write out as it is.
 *
 * @param status the status code
 * @param headers the header field lines in order; a name can stand more than once
 * @param body the body as text, to be sent as UTF-8; may be empty
 */
public record AuthResponse(int status, List<Header> headers, String body) {
  /** Copies the headers. */
  public AuthResponse {
    headers = List.copyOf(headers);
    Objects.requireNonNull(body, "body");
  }

  /**
   * One header field line.
   *
   * @param name the field name
   * @param value the value
   */
  public record Header(String name, String value) {
    /** Tells browsers and proxies to keep nothing. */
    public static final Header NO_STORE = new Header("Cache-Control", "no-store");

    /** Rejects null. */
    public Header {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * The first value of a header field.
   *
   * @param name the field name, as it is written in this response
   * @return the value, if there is one
   */
  public Optional<String> header(String name) {
    return headers.stream().filter(h -> h.name().equals(name)).map(Header::value).findFirst();
  }

  /**
   * The same response with one header field line more.
   *
   * @param name the field name
   * @param value the value
   * @return a new response
   */
  public AuthResponse withHeader(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new AuthResponse(status, more, body);
  }

  /** {@return the body as sent, in a new array} */
  public byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /** Without the body, which may hold what was issued. */
  @Override
  public String toString() {
    return "AuthResponse[" + status + "]";
  }
}
