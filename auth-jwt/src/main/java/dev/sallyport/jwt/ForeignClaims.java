package dev.sallyport.jwt;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.token.ClaimPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token of another issuer, of which only those are read that the host names.
 *
 * @param environment is notified of claims that have another shape than they should
 * @param scheme the name of the authenticator
 * @param issuer its name; empty if any is accepted
 */
record ForeignClaims(
    AuthEnvironment environment,
    String scheme,
    String issuer,
    String subject,
    Map<String, Object> claims) {
  /** Different pairs of issuer and subject never give the same id. */
  String qualifiedId() {
    return issuer.replace("%", "%25").replace("|", "%7C") + "|" + subject;
  }

  /**
   * The text that a claim holds, or else the subject.
   *
   * @param claim null for none
   * @return null if it is there and no text
   */
  @Nullable String name(@Nullable String claim) {
    Object value = claim == null ? null : claims.get(claim);
    if (value == null) {
      return subject;
    }
    return value instanceof String text && !text.isEmpty() ? text : null;
  }

  /**
   * The strings that a claim lists; empty if no claim is configured, or it is absent or has another
   * shape.
   */
  Set<String> texts(@Nullable ClaimPath path, boolean evenWords) {
    if (path == null) {
      return Set.of();
    }
    Set<String> texts;
    try {
      Object value = path.in(claims).orElse(List.of());
      texts = evenWords || value instanceof List ? JsonObject.texts(value) : null;
    } catch (IllegalArgumentException e) {
      texts = null; // it leads through something else than objects
    }
    if (texts == null) {
      environment.publish(
          new AuthEvent.SchemeEvent(
              environment.now(),
              scheme,
              "claim_ignored",
              Map.of("issuer", issuer, "claim", path.toString())));
      return Set.of();
    }
    return texts;
  }

  @Override
  public String toString() {
    return "ForeignClaims[hidden]";
  }
}
