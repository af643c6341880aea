package dev.sallyport.jwt;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of our access tokens (RFC 7519 section 4.1, RFC 9068 section 2.2, RFC 7643, OpenID
 * Connect), in the order in which they are written.
 */
enum ClaimName {
  ISSUER("iss"),
  SUBJECT("sub"),
  AUDIENCE("aud"),
  /** RFC 9068 section 2.2: the client that the token was issued to. */
  CLIENT("client_id"),
  EXPIRES_AT("exp"),
  ISSUED_AT("iat"),
  ID("jti"),
  /** The family of refresh tokens that the token was issued for. */
  SESSION("sid"),
  EPOCH("epoch"),
  AUTHENTICATED_AT("auth_time"),
  /** When that family ends at the latest, in seconds, like {@code exp}. */
  SESSION_EXPIRES_AT("sid_exp"),
  USERNAME("username"),
  ROLES("roles"),
  SCOPE("scope"),
  /** Never written, but respected. */
  NOT_BEFORE("nbf");

  /** The registered claims of RFC 7519. */
  static final Set<String> REGISTERED =
      Set.of(
          ISSUER.text,
          SUBJECT.text,
          AUDIENCE.text,
          EXPIRES_AT.text,
          NOT_BEFORE.text,
          ISSUED_AT.text,
          ID.text);

  static final ClaimName[] ALL = values();
  static final MemberNames NAMES = names();

  final String text;

  /** Its position in {@link #NAMES}, which is never stored beyond the lifetime of the class. */
  @SuppressWarnings("EnumOrdinal")
  final int place = ordinal();

  ClaimName(String text) {
    this.text = text;
  }

  private static MemberNames names() {
    String[] names = new String[ALL.length];
    for (ClaimName claim : ALL) {
      names[claim.place] = claim.text;
    }
    return new MemberNames(names);
  }

  /** Returns null for {@link MemberNames#NONE}. */
  static @Nullable ClaimName of(int place) {
    return place == MemberNames.NONE ? null : ALL[place];
  }
}
