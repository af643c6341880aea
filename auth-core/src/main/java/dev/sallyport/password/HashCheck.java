package dev.sallyport.password;

import dev.sallyport.Reason;
import dev.sallyport.store.User;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The hashing of one check, all of which happens within one turn. How much is computed when a check
 * fails depends on the typed text and the configuration, and on nothing that is stored.
 */
final class HashCheck {
  private final PasswordHasher hasher;
  private final SecureRandom random;
  private final List<PasswordFormat> formats;
  private final long workOfFailure;
  private final LongConsumer spend;

  /**
   * The hasher's own format is asked first. What is left to do after a failure is done with the
   * primitive of the dearest hash, so that it takes as long on every machine.
   */
  HashCheck(
      PasswordHasher hasher,
      SecureRandom random,
      List<PasswordFormat> others,
      long dearestStored,
      int djangoIterations) {
    this.hasher = hasher;
    this.random = random;
    this.formats = new ArrayList<>(others);
    this.formats.add(0, hasher);
    long dearest = Math.max(hasher.work(), dearestStored);
    long django = djangoIterations == 0 ? 0 : DjangoFormat.work(djangoIterations);
    this.workOfFailure = Math.max(dearest, django);
    this.spend = django > dearest ? DjangoFormat::spend : work -> hasher.spend(work, random);
  }

  /**
   * What came of a check.
   *
   * @param failure why it failed; null if the password is right
   * @param replacement what to store instead; null if the stored hash is current
   */
  record Outcome(@Nullable Reason failure, @Nullable String replacement) {}

  /** Checks a password of a user, or of nobody. */
  Outcome check(@Nullable User user, Password password) {
    List<Password> forms = password.forms();
    String stored = user == null ? null : user.passwordHash().orElse(null);
    PasswordFormat format = stored == null ? null : formatOf(stored);
    if (user == null || !user.isActive() || stored == null || format == null) {
      return failed(reason(user, stored), forms.size() * workOfFailure);
    }
    long rest = 0;
    boolean tried = false;
    for (Password form : forms) {
      rest += workOfFailure;
      if (format.accepts(form)) {
        if (format.verify(form, stored)) {
          boolean asSet = form == password;
          boolean keeps = (asSet && hasher.isCurrent(stored)) || !hasher.accepts(password);
          return new Outcome(null, keeps ? null : hasher.hash(password, random));
        }
        tried = true;
        rest -= format.work(stored);
      }
    }
    return failed(
        tried ? PasswordResult.WRONG_PASSWORD : PasswordResult.UNACCEPTABLE_PASSWORD, rest);
  }

  private Outcome failed(Reason reason, long rest) {
    if (rest > 0) {
      spend.accept(rest);
    }
    return new Outcome(reason, null);
  }

  private static Reason reason(@Nullable User user, @Nullable String stored) {
    if (user == null) {
      return PasswordResult.UNKNOWN_USER;
    }
    if (!user.isActive()) {
      return PasswordResult.USER_DEACTIVATED;
    }
    return stored == null ? PasswordResult.NO_USABLE_PASSWORD : PasswordResult.UNUSABLE_HASH;
  }

  private @Nullable PasswordFormat formatOf(String stored) {
    for (PasswordFormat format : formats) {
      if (format.recognises(stored)) {
        return format;
      }
    }
    return null;
  }
}
