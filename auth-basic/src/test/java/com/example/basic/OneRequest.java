package com.example.basic;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.HeaderSource;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;

/** A whole host of one request, for {@link FootprintTest}. */
final class OneRequest {
  private OneRequest() {}

  public static void main(String[] args) {
    AccountStore users = CredentialStore.inMemory();
    String hash = BcryptHasher.ofDefaultCost().hash(Password.of("wonderland"), new SecureRandom());
    users.insert(User.builder("1", "alice").passwordHash(hash).build());
    AuthenticatorChain chain = AuthenticatorChain.of(BasicAuthenticator.of(Passwords.of(users)));
    AuthRequest request =
        AuthRequest.builder("GET", "/", null, InetAddress.getLoopbackAddress(), true)
            .headers(new Header("Basic YWxpY2U6d29uZGVybGFuZA=="))
            .build();
    System.out.println(
        chain.authenticate(request) instanceof Authenticated ? "authenticated" : "refused");
  }

  /** Reads the host's own request, as an adapter does. */
  private record Header(String authorization) implements HeaderSource {
    @Override
    public List<String> values(String name) {
      return name.equals("Authorization") ? List.of(authorization) : List.of();
    }

    @Override
    public Collection<String> names() {
      return List.of("Authorization");
    }
  }
}
