package dev.sallyport.jwt.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fetches a JSON document within a time limit and a size limit, and from nowhere but its URL.
 *
 * @param accept its media types, for {@code Accept}
 */
public record RemoteJson(URI uri, HttpClient client, Duration timeout, String accept) {
  private static final int MAX_BYTES = 1 << 20;
  private static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern LOCAL =
      Pattern.compile("\\[.*]|[0-9.]+|(.*\\.)?localhost\\.?", Pattern.CASE_INSENSITIVE);

  /** Refuses a URL from which nothing can be fetched safely. */
  public static URI checked(URI uri) {
    if (!isSafe(uri)) {
      throw new IllegalArgumentException(
          "It must be an https URL without user info, or an http URL of this machine");
    }
    return uri;
  }

  /** Refuses a client that might send to elsewhere what is meant for a URL. */
  public static HttpClient checked(HttpClient client) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("The client must not follow redirects");
    }
    return client;
  }

  /** Refuses a time limit that is out of range. */
  public static Duration checked(Duration timeout) {
    if (timeout.toMillis() < 100 || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException("The timeout must be 100 ms to 30 s, not " + timeout);
    }
    return timeout;
  }

  /** The client of those who set none. */
  public static HttpClient standardClient(Duration timeout) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(timeout)
        .build();
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

  /** Whether its host is a name, and not an address or this machine. Judged by its text as well. */
  public static boolean hasName(URI uri) {
    return !LOCAL.matcher(uri.getHost()).matches();
  }

  /** Judged by its text: no name is resolved. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  }

  /** Fetches it; ends exceptionally unless the answer is 200 in time and short enough. */
  public CompletableFuture<byte[]> fetch() {
    return send(HttpRequest.newBuilder(uri), MAX_BYTES);
  }

  /**
   * Posts a form (RFC 6749 appendix B) and fetches the answer, which ends likewise.
   *
   * @param authorization the whole value of {@code Authorization}
   * @param maxBytes how long the answer may be
   */
  public CompletableFuture<byte[]> post(
      Map<String, String> form, String authorization, int maxBytes) {
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", authorization)
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        maxBytes);
  }

  /** A text as a form contains it. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private CompletableFuture<byte[]> send(HttpRequest.Builder unfinished, int maxBytes) {
    HttpRequest request = unfinished.header("Accept", accept).timeout(timeout).build();
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, answer -> new LimitedBody(maxBytes));
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
