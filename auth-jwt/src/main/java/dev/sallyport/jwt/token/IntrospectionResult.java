package dev.sallyport.jwt.token;

import java.util.Objects;

/** The result of introspecting a token: an {@link IntrospectedToken}, or a refusal. */
public sealed interface IntrospectionResult permits IntrospectedToken, IntrospectionResult.Refused {
  /**
   * The token is refused.
   *
   * @param reason a stable name in snake_case for events and the trace, not meant for the client:
   *     {@code inactive} if the server says so; {@code malformed} if it was not asked, since no
   *     bearer token looks like this; {@code wrong_type} for a token that is not borne, such as a
   *     refresh token; {@code bound_to_key} if whoever sends it would have to prove a key; or that
   *     of a {@link JwtRefusal}
   */
  record Refused(String reason) implements IntrospectionResult {
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
