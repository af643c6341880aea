package dev.sallyport.benchmarks.memory;

import dev.sallyport.AuthRequest;
import dev.sallyport.benchmarks.OneField;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Ours, which keeps with each session what its browser calls itself. */
final class SallyportFill implements SessionFill {
  private static final byte[] BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
          .getBytes(StandardCharsets.ISO_8859_1);

  private final Sessions sessions;
  private final List<User> users = new ArrayList<>();
  private int size;

  SallyportFill(int count) {
    AccountStore accounts = CredentialStore.inMemory();
    for (int i = 0; i < count; i++) {
      User user = User.builder("id-" + i, "user" + i).build();
      accounts.insert(user);
      users.add(user);
    }
    sessions = Sessions.of(Sallyport.of(accounts, TokenStore.inMemory()));
  }

  @Override
  public void fill(int count) {
    for (int i = 0; i < count; i++) {
      AuthRequest login =
          AuthRequest.builder("POST", "/auth/login", null, InetAddress.getLoopbackAddress(), true)
              .headers(OneField.of("User-Agent", BROWSER))
              .build();
      User user = users.get(i % users.size());
      if (sessions.start(user, Instant.now(), login, false) instanceof SessionResult.Started) {
        size++;
      }
    }
  }

  @Override
  public int size() {
    return size;
  }
}
