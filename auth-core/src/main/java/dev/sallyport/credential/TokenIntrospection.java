package dev.sallyport.credential;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.store.TokenRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Says what a token is worth without a request that it came with (RFC 7662). An authenticator
 * implements it if clients hand its tokens to other servers, which then ask this one; a credential
 * that only browsers hold, in a cookie, is none of those. Whoever answers for a chain finds the
 * members that implement it by {@link dev.sallyport.Authenticator#unwrap}.
 */
public interface TokenIntrospection {
  /** The {@code token_type} of a token that requests carry (RFC 6750). */
  String BEARER = "Bearer";

  /** The {@code token_type} of a token that is only good for getting the next one. */
  String REFRESH_TOKEN = "refresh_token";

  /**
   * Looks a token up. It counts as no use: nothing is noted, exchanged or ended, and no event is
   * raised. Many threads call it at once.
   *
   * @param token what somebody has sent to another server; it can be anything
   * @return the members of RFC 7662 section 2.2 that are known, without {@code active}: strings,
   *     whole seconds as {@link Long}, and lists of strings; empty if it is not a valid token of
   *     this scheme, for whatever reason
   * @throws StoreUnavailableException if a store could not answer
   */
  Optional<Map<String, Object>> introspect(String token);

  /**
   * Describes a token that is a record in a store.
   *
   * @param live the record and its user
   * @param tokenType {@link #BEARER} or {@link #REFRESH_TOKEN}
   * @return the members, in a map of the caller's own
   */
  static Map<String, Object> describe(Lookup.Live live, String tokenType) {
    TokenRecord record = live.record();
    Map<String, Object> members = new LinkedHashMap<>();
    record
        .scopes()
        .ifPresent(scopes -> members.put("scope", String.join(" ", new TreeSet<>(scopes))));
    members.put("username", live.user().name());
    members.put("token_type", tokenType);
    record.endsAt().ifPresent(end -> members.put("exp", end.getEpochSecond()));
    members.put(
        "iat",
        record
            .rotation()
            .map(TokenRecord.Rotation::rotatedAt)
            .orElse(record.createdAt())
            .getEpochSecond());
    members.put("sub", live.user().id());
    members.put("jti", record.id());
    return members;
  }
}
