package dev.sallyport.jwt.token;

import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.StrictJson;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must say of a token (RFC 7662 section 2.2).
 *
 * @param issuer whose tokens the server knows
 * @param withoutIssuer whether an answer may leave that out
 * @param claims what else is required, as of a JWT
 */
record IntrospectionPolicy(String issuer, boolean withoutIssuer, JwtPolicy claims) {
  static final String ACTIVE = "active";
  static final IntrospectionResult.Refused MALFORMED = refused("malformed");

  private static final IntrospectionResult.Refused INACTIVE = refused("inactive");
  private static final IntrospectionResult.Refused WRONG_TYPE = refused("wrong_type");
  private static final IntrospectionResult.Refused BOUND = refused("bound_to_key");
  private static final IntrospectionResult.Refused BAD_CLAIMS =
      refused(JwtRefusal.BAD_CLAIMS.text());

  /** {@code token_type} is compared without regard to ASCII case (RFC 6749 section 5.1). */
  private static final Pattern BEARER = Pattern.compile("bearer", Pattern.CASE_INSENSITIVE);

  /**
   * Judges an answer.
   *
   * @throws IOException if it is no answer to an introspection at all
   */
  IntrospectionResult judge(byte[] body, Instant now) throws IOException {
    JsonObject answer = StrictJson.read(body);
    if (!(answer.get(ACTIVE) instanceof Boolean active)) {
      throw new IOException("an answer that doesn't say whether the token is active");
    }
    return active ? judge(answer, now) : INACTIVE;
  }

  private IntrospectionResult judge(JsonObject answer, Instant now) {
    Claims read = Claims.of(answer);
    if (read == null) {
      return BAD_CLAIMS;
    }
    if (!isBorne(answer.get("token_type"))) {
      return WRONG_TYPE;
    }
    if (answer.get("cnf") != null) { // RFC 7800: nobody here asks for the proof
      return BOUND;
    }
    if (read.issuer == null && withoutIssuer) {
      read.issuer = issuer;
    }
    JwtRefusal fault = claims.judge(read, now, false);
    return fault == null ? new IntrospectedToken(read) : refused(fault.text());
  }

  private static boolean isBorne(@Nullable Object type) {
    return type == null || (type instanceof String text && BEARER.matcher(text).matches());
  }

  private static IntrospectionResult.Refused refused(String reason) {
    return new IntrospectionResult.Refused(reason);
  }
}
