package dev.sallyport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which members of a chain read which auth-schemes. Worked out once, so that a request costs no
 * more than one comparison for each scheme that nobody further down reads.
 */
final class SchemeReaders {
  private static final Set<String> BEARER = Set.of("bearer", "token");
  private static final Reason UNCLAIMED_TOKEN =
      new Reason("unclaimed_token", Refusal.INVALID_TOKEN);
  private static final Reason UNCLAIMED =
      new Reason("unclaimed_credentials", Refusal.INVALID_CREDENTIALS);

  private record Read(String scheme, Authenticator first) {}

  /** For each member, the schemes that no member behind it reads. */
  private final List<List<Read>> lastReadBy = new ArrayList<>();

  SchemeReaders(List<Authenticator> members) {
    Map<String, Read> reads = new LinkedHashMap<>();
    Map<String, Integer> last = new HashMap<>();
    for (int i = 0; i < members.size(); i++) {
      for (String scheme : schemes(members.get(i))) {
        reads.putIfAbsent(scheme, new Read(scheme, members.get(i)));
        last.put(scheme, i);
      }
    }
    members.forEach(member -> lastReadBy.add(new ArrayList<>()));
    reads.forEach((scheme, read) -> lastReadBy.get(last.get(scheme)).add(read));
  }

  private static List<String> schemes(Authenticator member) {
    for (String scheme : member.authSchemes()) {
      if (!Ascii.isToken(scheme)) {
        throw new IllegalArgumentException(
            "The authenticator '"
                + member.name()
                + "' declares an auth-scheme that is not a token of RFC 9110");
      }
    }
    return member.authSchemes().stream().map(Ascii::lower).distinct().toList();
  }

  /**
   * What becomes of the credentials now that a member has passed them over.
   *
   * @return a rejection if no member behind this one reads their scheme; null to go on
   */
  @Nullable Rejected passedOver(int member, AuthRequest request) {
    List<Read> ending = lastReadBy.get(member);
    for (int i = 0; i < ending.size(); i++) {
      if (request.authorization().is(ending.get(i).scheme())) {
        return unclaimed(ending.get(i), request);
      }
    }
    return null;
  }

  private static Rejected unclaimed(Read read, AuthRequest request) {
    Rejected rejected =
        Rejected.of(
            read.first().name(), BEARER.contains(read.scheme()) ? UNCLAIMED_TOKEN : UNCLAIMED);
    for (Challenge challenge : read.first().challenges(request)) {
      if (Ascii.equalsIgnoreCase(challenge.scheme(), read.scheme())) {
        return rejected.withChallenge(challenge);
      }
    }
    return rejected;
  }
}
