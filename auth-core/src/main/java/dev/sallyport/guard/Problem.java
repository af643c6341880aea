package dev.sallyport.guard;

import dev.sallyport.Challenge;
import dev.sallyport.Fault;
import dev.sallyport.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A problem body (RFC 9457) and the header fields that go with it. Immutable.
 *
 * <pre>{@code
 * {"type":"about:blank","title":"Forbidden","status":403,"code":"csrf","detail":"…"}
 * }</pre>
 */
public final class Problem {
  private final int status;
  private final String title;
  private final String code;
  private final String detail;
  private final List<Challenge> challenges;
  private final @Nullable Duration retryAfter;
  private final List<AuthResponse.Header> headers;
  private final List<Fault> faults;

  private Problem(
      int status,
      String title,
      String code,
      String detail,
      List<Challenge> challenges,
      @Nullable Duration retryAfter,
      List<AuthResponse.Header> headers,
      List<Fault> faults) {
    this.status = status;
    this.title = title;
    this.code = code;
    this.detail = detail;
    this.challenges = challenges;
    this.retryAfter = retryAfter;
    this.headers = headers;
    this.faults = faults;
  }

  /**
   * A problem.
   *
   * @param status one of the statuses that this library answers: 400, 401, 403, 404, 405, 409, 413,
   *     415, 429, 500, 503
   * @param code a stable code in snake_case, for programs
   * @param detail a sentence for people
   * @return the problem; its title is the status's phrase of RFC 9110
   * @throws IllegalArgumentException for another status
   */
  public static Problem of(int status, String code, String detail) {
    return new Problem(
        status,
        phrase(status),
        Objects.requireNonNull(code, "code"),
        Objects.requireNonNull(detail, "detail"),
        List.of(),
        null,
        List.of(),
        List.of());
  }

  /**
   * The problem while there is no capacity.
   *
   * @param retryAfter when to try again; null for one second
   * @return a 503
   */
  public static Problem unavailable(@Nullable Duration retryAfter) {
    return of(503, Refusal.BUSY.code(), "The service is temporarily unavailable.")
        .withRetryAfter(retryAfter);
  }

  private static String phrase(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> throw new IllegalArgumentException("No problem of status " + status);
    };
  }

  /** {@return the status code} */
  public int status() {
    return status;
  }

  /** {@return the stable code, in snake_case} */
  public String code() {
    return code;
  }

  /** {@return the sentence for people} */
  public String detail() {
    return detail;
  }

  /** {@return how a client can authenticate; none unless that helps} */
  public List<Challenge> challenges() {
    return challenges;
  }

  /** {@return when to try again; empty unless waiting helps} */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** {@return what is wrong with each field} */
  public List<Fault> faults() {
    return faults;
  }

  /**
   * Adds what is wrong with each field.
   *
   * @param faults the faults, in the order in which they are to be shown
   * @return a new problem
   */
  public Problem withFaults(List<Fault> faults) {
    return new Problem(
        status, title, code, detail, challenges, retryAfter, headers, List.copyOf(faults));
  }

  /**
   * Adds a header field line.
   *
   * @param name the field name
   * @param value the value
   * @return a new problem
   */
  public Problem withHeader(String name, String value) {
    List<AuthResponse.Header> more = new ArrayList<>(headers);
    more.add(new AuthResponse.Header(name, value));
    return new Problem(
        status, title, code, detail, challenges, retryAfter, List.copyOf(more), faults);
  }

  /**
   * Says when to try again.
   *
   * @param wait the wait; null for one second
   * @return a new problem, whose response has {@code Retry-After} in whole seconds, rounded up, at
   *     least 1
   */
  public Problem withRetryAfter(@Nullable Duration wait) {
    Duration least = wait == null ? Duration.ofSeconds(1) : wait;
    return new Problem(status, title, code, detail, challenges, least, headers, faults);
  }

  /**
   * Says how a client can authenticate.
   *
   * @param challenges the challenges, in order; the response has one {@code WWW-Authenticate} line
   *     for each
   * @return a new problem
   */
  public Problem withChallenges(List<Challenge> challenges) {
    return new Problem(
        status, title, code, detail, List.copyOf(challenges), retryAfter, headers, faults);
  }

  /** {@return the response, which nobody may keep ({@code Cache-Control: no-store})} */
  public AuthResponse toResponse() {
    List<AuthResponse.Header> all = new ArrayList<>(headers.size() + challenges.size() + 3);
    all.add(new AuthResponse.Header("Content-Type", "application/problem+json"));
    all.add(AuthResponse.Header.NO_STORE);
    all.addAll(headers);
    for (Challenge challenge : challenges) {
      all.add(new AuthResponse.Header("WWW-Authenticate", challenge.toString()));
    }
    if (retryAfter != null) {
      long seconds = retryAfter.getSeconds() + (retryAfter.getNano() > 0 ? 1 : 0);
      all.add(new AuthResponse.Header("Retry-After", Long.toString(Math.max(1, seconds))));
    }
    return new AuthResponse(status, all, json());
  }

  private String json() {
    StringBuilder json = new StringBuilder(160);
    json.append("{\"type\":\"about:blank\",\"title\":");
    quote(title, json).append(",\"status\":").append(status).append(",\"code\":");
    quote(code, json).append(",\"detail\":");
    quote(detail, json);
    String separator = ",\"errors\":[";
    for (Fault fault : faults) {
      quote(fault.field(), json.append(separator).append("{\"field\":"));
      quote(fault.code(), json.append(",\"code\":"));
      quote(fault.detail(), json.append(",\"detail\":")).append('}');
      separator = ",";
    }
    return json.append(faults.isEmpty() ? "}" : "]}").toString();
  }

  /** A JSON string (RFC 8259 section 7); an unpaired surrogate is escaped, so it stays UTF-8. */
  private static StringBuilder quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"');
  }

  @Override
  public String toString() {
    return "Problem[" + status + " " + code + "]";
  }
}
