package com.example.password;

import dev.sallyport.Reason;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import java.net.InetAddress;

/** A store to fill, a clock to set, and whoever listens; what checks comes with a hasher. */
final class PasswordsFixture {
  static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

  final WatchedStore store = new WatchedStore();
  final SettableClock clock = SettableClock.create();
  final RecordingListener heard = new RecordingListener();

  Passwords.Builder builder(PasswordHasher hasher) {
    return Passwords.builder(store).hasher(hasher).clock(clock).listener(heard);
  }

  static PasswordVerdict login(Passwords passwords, String username, String password) {
    return passwords.verify(username, Password.of(password), CLIENT);
  }

  static PasswordVerdict repeated(Passwords passwords, String username, String password) {
    return passwords.verifyRepeated(username, Password.of(password), CLIENT);
  }

  static boolean isRight(PasswordVerdict verdict) {
    return verdict instanceof PasswordVerdict.Verified;
  }

  static Reason reason(PasswordVerdict verdict) {
    return ((PasswordVerdict.Refused) verdict).reason();
  }

  static User user(PasswordVerdict verdict) {
    return ((PasswordVerdict.Verified) verdict).user();
  }
}
