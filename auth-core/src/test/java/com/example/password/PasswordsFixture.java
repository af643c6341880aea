package com.example.password;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.Reason;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import java.net.InetAddress;

/** A store to fill, a clock to set, and whoever listens; what checks comes with a hasher. */
final class PasswordsFixture {
  static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "");

  final WatchedStore store = new WatchedStore();
  final SettableClock clock = SettableClock.create();
  final RecordingListener heard = new RecordingListener();

  Passwords.Builder builder(PasswordHasher hasher) {
    return Passwords.builder(AuthEnvironment.standard().withClock(clock).withListener(heard), store)
        .hasher(hasher);
  }

  static PasswordResult login(Passwords passwords, String username, String password) {
    return passwords.verify(username, Password.of(password), CLIENT);
  }

  static PasswordResult repeated(Passwords passwords, String username, String password) {
    return passwords.verifyRepeated(username, Password.of(password), CLIENT);
  }

  static boolean isRight(PasswordResult verdict) {
    return verdict instanceof PasswordResult.Verified;
  }

  static Reason reason(PasswordResult verdict) {
    return ((PasswordResult.Refused) verdict).reason();
  }

  static User user(PasswordResult verdict) {
    return ((PasswordResult.Verified) verdict).user();
  }
}
