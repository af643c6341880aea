package dev.sallyport.password;

import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.throttle.ClientNetwork;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What a client sent, and whom the store found by it. */
record Credentials(
    String username,
    @Nullable User user,
    @Nullable String stored,
    Password password,
    InetAddress client,
    ClientNetwork network) {
  static Credentials of(
      String username, @Nullable User user, Password password, InetAddress client) {
    String stored = user == null ? null : user.passwordHash().orElse(null);
    return new Credentials(username, user, stored, password, client, ClientNetwork.of(client));
  }

  /** The user's id; of nobody, the name as it is compared. */
  String id() {
    return user == null ? Username.key(username) : user.id();
  }

  /** Whether there is a hash to check, of a user who may authenticate. */
  boolean areCheckable() {
    return user != null && stored != null && user.isActive();
  }

  /** The name by which failures are counted. */
  String account() {
    return user != null && areCheckable() ? user.name() : username;
  }

  @Override
  public String toString() {
    return "Credentials[" + username + "]";
  }
}
