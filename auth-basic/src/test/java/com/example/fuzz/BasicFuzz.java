package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Basic where everybody exists and every password is right, so that the form alone decides. The
 * input is the field, then what stands behind the scheme, then what stands in the base64.
 */
public final class BasicFuzz {
  private static final int LIMIT = 8192;
  private static final YesMan YES = new YesMan();
  private static final AuthenticatorChain CHAIN =
      AuthenticatorChain.of(
          AuthEnvironment.standard().withListener(event -> {}),
          BasicAuthenticator.of(
              Passwords.builder(AuthEnvironment.standard().withListener(event -> {}), YES)
                  .hasher(YES)
                  .throttle(Throttle.builder(AuthEnvironment.standard().withCounts(YES)).build())
                  .rememberNone()
                  .build()));

  private BasicFuzz() {}

  /** Three requests. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    check(text);
    check("Basic " + text);
    check("bAsIc  " + Base64.getEncoder().encodeToString(input));
  }

  private static void check(String field) {
    YES.password = null;
    AuthRequest request =
        AuthRequest.builder("GET", "/", null, InetAddress.getLoopbackAddress(), true)
            .header("Authorization", field)
            .build();
    AuthResult result = CHAIN.authenticate(request);
    String pair = field.matches("[Bb][Aa][Ss][Ii][Cc] .*") ? pair(field) : null;
    int colon = pair == null ? -1 : pair.indexOf(':');
    if (pair != null && field.length() <= LIMIT && colon > 0 && colon < pair.length() - 1) {
      checkWellFormed(result, pair.substring(0, colon), pair.substring(colon + 1));
    } else {
      assertThat(YES.password).as("the password checked").isNull();
      if (request.authorization().isAmbiguous()) {
        assertThat(((Rejected) result).reason()).isEqualTo(Reason.SEVERAL_CREDENTIALS);
      } else if (field.length() > LIMIT) {
        assertThat(((Rejected) result).reason()).isEqualTo(Reason.OVERSIZED);
      } else if (field.matches("(?s)[Bb][Aa][Ss][Ii][Cc]( .*)?")) {
        assertThat(((Rejected) result).reason()).isEqualTo(Reason.MALFORMED);
      } else {
        assertThat(result).isInstanceOf(NotAttempted.class);
      }
    }
  }

  private static void checkWellFormed(AuthResult result, String name, String password) {
    if (Username.isValid(name)) {
      assertThat(((Authenticated) result).principal().name()).isEqualTo(name);
      assertThat(YES.password).isEqualTo(password);
    } else {
      assertThat(((Rejected) result).reason().name()).isEqualTo("unknown_user");
      assertThat(YES.password).isNull();
    }
  }

  /** What canonical base64 of strict UTF-8 without control characters holds, else null. */
  private static String pair(String field) {
    String token68 = field.substring(field.lastIndexOf(' ') + 1);
    if (!field.substring(5).matches(" +[A-Za-z0-9+/]+=*")) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(token68);
      String pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      byte[] utf8 = pair.getBytes(StandardCharsets.UTF_8);
      boolean plain = pair.chars().noneMatch(c -> c < ' ' || c == 0x7F);
      return plain && Base64.getEncoder().encodeToString(utf8).equals(token68) ? pair : null;
    } catch (IllegalArgumentException | CharacterCodingException malformed) {
      return null;
    }
  }

  /** Knows every user, takes every password, and counts nothing. */
  private static final class YesMan implements CredentialStore, PasswordHasher, ThrottleStore {
    String password;

    @Override
    public Optional<User> findByName(String name) {
      return Optional.of(User.builder("id", name).passwordHash("hash").build());
    }

    @Override
    public Optional<User> findById(String id) {
      return Optional.empty();
    }

    @Override
    public boolean recognises(String stored) {
      return true;
    }

    @Override
    public boolean accepts(Password password) {
      return true;
    }

    @Override
    public boolean verify(Password password, String stored) {
      this.password = password.reveal();
      return true;
    }

    @Override
    public String hash(Password password, SecureRandom random) {
      return "hash";
    }

    @Override
    public boolean isCurrent(String stored) {
      return true;
    }

    @Override
    public int maxBytes() {
      return Integer.MAX_VALUE;
    }

    @Override
    public Optional<String> find(String key, Instant now) {
      return Optional.empty();
    }

    @Override
    public boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      return true;
    }
  }
}
