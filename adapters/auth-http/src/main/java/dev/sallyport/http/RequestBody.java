package dev.sallyport.http;

import dev.sallyport.FormSource;
import dev.sallyport.HeaderSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, which is asked for only when somebody reads it. The guard may look at
 * the fields of a form at its beginning; whoever reads the body afterwards gets all of it. For one
 * thread at a time.
 *
 * <pre>{@code
 * RequestBody body = RequestBody.of(headers, host::bodyStream);
 * AuthRequest request = AuthRequest.builder(method, target, authority, peer, secure)
 *     .headers(headers).form(body.form()).trustedProxies(proxies).build();
 * }</pre>
 */
public final class RequestBody {
  private static final int MAX_FORM = 16 * 1024;
  private static final Pattern FORM =
      Pattern.compile("application/x-www-form-urlencoded[ \\t]*(;.*)?", Pattern.CASE_INSENSITIVE);

  private final HeaderSource headers;
  private final Source source;
  private final InputStream stream = new Whole();
  private @Nullable ByteArrayInputStream begin;
  private @Nullable InputStream rest;
  private @Nullable String form;
  private @Nullable IOException broken;

  private RequestBody(HeaderSource headers, Source source) {
    this.headers = Objects.requireNonNull(headers, "headers");
    this.source = Objects.requireNonNull(source, "source");
  }

  /** Where a body comes from. */
  @FunctionalInterface
  public interface Source {
    /**
     * Opens the body. It is called once at most, so that a client which waits with its body (RFC
     * 9110 section 10.1.1) is asked for it only if it is needed.
     *
     * @return the body
     * @throws IOException if there is none to be had
     */
    InputStream open() throws IOException;
  }

  /**
   * The body of a request.
   *
   * @param headers the header fields of the request
   * @param source opens the host's stream of the body
   * @return the body
   */
  public static RequestBody of(HeaderSource headers, Source source) {
    return new RequestBody(headers, source);
  }

  /**
   * {@return the fields of the form at the beginning of the body, 16 KiB of it at most; none if it
   * is anything but {@code application/x-www-form-urlencoded}} The query is no part of it.
   */
  public FormSource form() {
    return name -> isForm() ? FormFields.parse(look()).getOrDefault(name, List.of()) : List.of();
  }

  /** {@return whether the body is a form, by its Content-Type} */
  public boolean isForm() {
    List<String> types = headers.values("Content-Type");
    return types.size() == 1 && FORM.matcher(types.get(0)).matches();
  }

  /** {@return whether the host's own stream lacks what the guard has looked at} */
  public boolean isBegun() {
    return form != null;
  }

  /**
   * {@return the whole body, whether or not the guard has looked at it; always the same stream} It
   * throws {@link BrokenBodyException} where the body breaks off. As {@code available} it has the
   * bytes that the guard has looked at, for a host that takes them back. Closing it does nothing.
   */
  public InputStream stream() {
    return stream;
  }

  /**
   * Discards what is left of a body, behind its answer: a client may read that only when it has
   * sent all, and some hosts close a connection, or reset a stream, with a rest that nobody has
   * read. A body that breaks off is no error, since the answer is out.
   *
   * @param unread the host's stream of the body; not closed
   * @param maxBytes how many bytes to read at most, not negative
   * @param maxTime for how long to go on. A read that has begun takes as long as the host lets it
   */
  public static void discard(InputStream unread, long maxBytes, Duration maxTime) {
    byte[] buffer = new byte[16 * 1024];
    long begin = System.nanoTime();
    long left = maxBytes;
    try {
      while (left > 0 && System.nanoTime() - begin < maxTime.toNanos()) {
        int read = unread.read(buffer, 0, (int) Math.min(buffer.length, left));
        left = read < 0 ? 0 : left - read;
      }
    } catch (IOException e) {
      return; // the client has gone, or the host waits no longer
    }
  }

  private String look() {
    if (form == null) {
      form = "";
      try {
        byte[] bytes = rest().readNBytes(MAX_FORM);
        begin = new ByteArrayInputStream(bytes);
        form = new String(bytes, StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        broken = e; // a field that can't be read is absent
      } catch (IllegalStateException e) {
        broken = new IOException("The host doesn't give this body, which others read", e);
      }
    }
    return form;
  }

  private InputStream rest() throws IOException {
    if (rest == null) {
      rest = source.open();
    }
    return rest;
  }

  /** Neither the body nor its beginning, which may hold a token. */
  @Override
  public String toString() {
    return "RequestBody[hidden]";
  }

  /** What was looked at, and then the rest. */
  private final class Whole extends InputStream {
    @Override
    public int available() {
      return begin == null ? 0 : begin.available();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (broken != null) {
        throw new BrokenBodyException(broken); // a stream that goes on would lack what was lost
      }
      int seen = begin == null ? -1 : begin.read(into, offset, length);
      if (seen >= 0) {
        return seen;
      }
      try {
        return rest().read(into, offset, length);
      } catch (IOException e) {
        broken = e;
        throw new BrokenBodyException(e);
      }
    }
  }
}
