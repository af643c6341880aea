package dev.sallyport.jwt.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Fetches a JSON document within a time limit and a size limit, and from nowhere but its URL. */
public final class RemoteJson {
  private static final int MAX_BYTES = 1 << 20;

  private final URI uri;
  private final HttpClient client;
  private final Duration timeout;
  private final String accept;

  /**
   * Describes a document.
   *
   * @param accept its media types, for {@code Accept}
   */
  public RemoteJson(URI uri, HttpClient client, Duration timeout, String accept) {
    this.uri = uri;
    this.accept = accept;
    this.client = client;
    this.timeout = timeout;
  }

  /** Refuses a URL from which nothing can be fetched safely. */
  public static URI checked(URI uri) {
    if (!isSafe(uri)) {
      throw new IllegalArgumentException(
          "Keys must be fetched from an https URL without user info, or by http from this machine");
    }
    return uri;
  }

  static boolean isSafe(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    boolean secure = isHttps(uri) || (has(uri, "http") && isLoopback(host));
    return !host.isEmpty() && secure && uri.getRawUserInfo() == null;
  }

  /** Whether it is an https URL. */
  public static boolean isHttps(URI uri) {
    return has(uri, "https");
  }

  private static boolean has(URI uri, String scheme) {
    return uri.getScheme() != null && uri.getScheme().toLowerCase(Locale.ROOT).equals(scheme);
  }

  /** Judged by its text: no name is resolved. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  }

  /** Fetches it; ends exceptionally unless the answer is 200 in time and short enough. */
  public CompletableFuture<byte[]> fetch() {
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Accept", accept).timeout(timeout).build();
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, answer -> new LimitedBody(MAX_BYTES));
    // The request's own timeout ends with the headers; this one covers the body as well.
    return sent.copy()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (answer, fault) -> {
              if (fault != null) {
                sent.cancel(true);
              }
            })
        .thenApply(this::body);
  }

  private byte[] body(HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 200) {
      throw new CompletionException(
          new IOException("status " + answer.statusCode() + " from " + this));
    }
    return answer.body();
  }

  /** Without the query, which may hold a secret. */
  @Override
  public String toString() {
    return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
  }
}
