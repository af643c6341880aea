package dev.sallyport.jwt;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The claims of our access tokens (RFC 7519 section 4.1, RFC 9068 section 2.2, RFC 7643, OpenID
 * Connect), in the order in which they are written.
 */
enum ClaimName {
  ISSUER("iss"),
  SUBJECT("sub"),
  AUDIENCE("aud"),
  EXPIRES_AT("exp"),
  ISSUED_AT("iat"),
  ID("jti"),
  /** The family of refresh tokens that the token was made for. */
  SESSION("sid"),
  EPOCH("epoch"),
  AUTHENTICATED_AT("auth_time"),
  USERNAME("username"),
  ROLES("roles"),
  SCOPE("scope"),
  /** Not written, and respected. */
  NOT_BEFORE("nbf");

  static final MemberNames NAMES =
      new MemberNames(Arrays.stream(values()).map(claim -> claim.text).toList());

  /** Those of RFC 7519. */
  static final Set<String> REGISTERED =
      EnumSet.of(ISSUER, SUBJECT, AUDIENCE, EXPIRES_AT, NOT_BEFORE, ISSUED_AT, ID).stream()
          .map(claim -> claim.text)
          .collect(Collectors.toUnmodifiableSet());

  private static final ClaimName[] ALL = values();
  static final int COUNT = ALL.length;

  final String text;

  /** Its place in {@link #NAMES}, which nothing keeps for longer than the class. */
  @SuppressWarnings("EnumOrdinal")
  final int place = ordinal();

  ClaimName(String text) {
    this.text = text;
  }

  /** Null for {@link MemberNames#NONE}. */
  static @Nullable ClaimName of(int place) {
    return place == MemberNames.NONE ? null : ALL[place];
  }
}
