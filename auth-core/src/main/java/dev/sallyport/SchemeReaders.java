package dev.sallyport;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which members of a chain read which auth-scheme, found once. Credentials that the last of them
 * has passed over are nobody's, so later members are not asked.
 */
final class SchemeReaders {
  private static final Reason UNCLAIMED_TOKEN =
      new Reason("unclaimed_token", Refusal.INVALID_TOKEN);
  private static final Reason UNCLAIMED =
      new Reason("unclaimed_credentials", Refusal.INVALID_CREDENTIALS);

  private final List<Readers> all = new ArrayList<>();

  /** The first and the last member that read a scheme. */
  record Readers(String scheme, Authenticator first, Authenticator last) {
    /** The answer to credentials that none of them has accepted. */
    Rejected refuse(AuthRequest request) {
      boolean bearer = scheme.equals("bearer") || scheme.equals("token");
      Rejected rejected = Rejected.of(first.name(), bearer ? UNCLAIMED_TOKEN : UNCLAIMED);
      for (Challenge challenge : first.challenges(request)) {
        if (Ascii.equalsIgnoreCase(challenge.scheme(), scheme)) {
          return rejected.withChallenge(challenge);
        }
      }
      return rejected;
    }
  }

  SchemeReaders(List<Authenticator> members) {
    for (Authenticator member : members) {
      for (String scheme : member.authSchemes()) {
        add(Ascii.lower(scheme), member);
      }
    }
  }

  private void add(String scheme, Authenticator member) {
    for (int i = 0; i < all.size(); i++) {
      Readers known = all.get(i);
      if (known.scheme.equals(scheme)) {
        all.set(i, new Readers(scheme, known.first, member));
        return;
      }
    }
    all.add(new Readers(scheme, member, member));
  }

  /** Who reads the credentials of a request; null if there are none, or no member reads them. */
  @Nullable Readers of(Authorization authorization) {
    for (Readers readers : all) {
      if (authorization.is(readers.scheme)) {
        return readers;
      }
    }
    return null;
  }
}
