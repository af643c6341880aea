package com.example.password;

import static com.example.password.PasswordsFixture.isRight;
import static com.example.password.PasswordsFixture.login;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordFormat;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failed check does the same work, whatever is stored. */
class PasswordsWorkTest {
  private static final String PASSWORD = "correct horse battery staple";
  private static final String NFC = "caf\u00E9 au lait";
  private static final String NFD = "cafe\u0301 au lait";
  private static final String[] FAILING = {
    "nobody",
    "gone",
    "passwordless",
    "garbage",
    "dear",
    "cost4",
    "spring",
    "django",
    "djangoBcrypt",
    "djangoSha256",
    "current",
    "long"
  };

  private final PasswordsFixture fixture = new PasswordsFixture();
  private final WatchedStore store = fixture.store;
  private final AtomicLong work = new AtomicLong();
  private final PasswordHasher hasher = new Counted(BcryptHasher.ofCost(10));

  @BeforeEach
  void users() {
    String current = BcryptHasher.ofCost(10).hash(Password.of(PASSWORD), new SecureRandom());
    store.put(User.builder("1", "current").passwordHash(current));
    store.put(User.builder("2", "gone").passwordHash(current).active(false));
    store.put(User.builder("3", "passwordless"));
    store.put(User.builder("4", "garbage").passwordHash("garbage"));
    store.put(User.builder("5", "dear").passwordHash(current.replace("$10$", "$17$")));
    store.put(User.builder("6", "cost4").passwordHash(Stored.bcrypt("2b", PASSWORD)));
    store.put(User.builder("7", "spring").passwordHash(Stored.spring(PASSWORD)));
    store.put(User.builder("8", "django").passwordHash(Stored.django(PASSWORD, "salt", 16_192)));
    store.put(
        User.builder("9", "djangoBcrypt").passwordHash("bcrypt$" + Stored.bcrypt("2b", PASSWORD)));
    store.put(
        User.builder("10", "djangoSha256")
            .passwordHash("bcrypt_sha256$" + Stored.bcrypt("2b", PASSWORD)));
    String tagged = BcryptHasher.ofCost(10).hash(Password.of("x".repeat(73)), new SecureRandom());
    store.put(User.builder("11", "long").passwordHash(tagged));
  }

  private Passwords.Builder builder() {
    return fixture
        .builder(hasher)
        .formats(new Watched(PasswordFormat.django()), new Watched(PasswordFormat.spring()));
  }

  private long workOf(Passwords passwords, String name, String password) {
    long before = work.get();
    assertThat(isRight(login(passwords, name, password))).as(name).isFalse();
    return work.get() - before;
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong password", "", "nul\0", "\uD83E", NFC})
  @DisplayName("PW-2 a failed check of any stored hash is the work of the configured cost")
  void configured(String password) {
    Passwords passwords = builder().build();
    for (String name : FAILING) {
      assertThat(workOf(passwords, name, password)).as(name).isEqualTo(1024);
    }
  }

  @Test
  @DisplayName("PW-2 over-long passwords are the work of the configured cost too")
  void overLong() {
    Passwords passwords = builder().build();
    for (String name : FAILING) {
      for (int length : new int[] {72, 257, 1025, 5000}) {
        assertThat(workOf(passwords, name, "z".repeat(length))).as(name).isEqualTo(1024);
        fixture.clock.advance(java.time.Duration.ofHours(1));
      }
    }
  }

  @Test
  @DisplayName("PW-2 where a dearer hash is still stored, all failures are the work of that one")
  void dearest() {
    String twelve = BcryptHasher.ofCost(12).hash(Password.of(PASSWORD), new SecureRandom());
    store.put(User.builder("12", "twelve").passwordHash(twelve));
    Passwords passwords = builder().dearestStored(BcryptHasher.work(12)).build();
    for (String name : FAILING) {
      assertThat(workOf(passwords, name, "wrong password")).as(name).isEqualTo(4096);
    }
    assertThat(workOf(passwords, "twelve", "wrong password")).isEqualTo(4096);
  }

  @Test
  @DisplayName("PW-2 where a dearer hash of Django's is stored, PBKDF2 makes up the rest")
  void dearestDjango() {
    Passwords passwords = builder().dearestDjango(300_000).build();
    for (String name : FAILING) {
      assertThat(workOf(passwords, name, "wrong password"))
          .as("of bcrypt and of stored hashes, for %s", name)
          .isLessThanOrEqualTo(1024);
    }
    assertThat(workOf(passwords, "nobody", "wrong password")).isZero();
  }

  @Test
  @DisplayName("PW-2 Django's iterations count in bcrypt's unit, and are bounded")
  void django() {
    String stored = Stored.django(PASSWORD, "salt", 16_192);
    assertThat(PasswordFormat.django().work(stored)).isEqualTo(64);
    for (int bad : new int[] {-1, 5_000_001}) {
      Passwords.Builder builder = builder();
      assertThatThrownBy(() -> builder.dearestDjango(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int bad : new int[] {3, 17, -1}) {
      assertThatThrownBy(() -> BcryptHasher.work(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @DisplayName("PW-2 the dearest stored is bounded, and needs a hasher that states its work")
  void bounds() {
    Passwords.Builder builder = builder();
    for (long bad : new long[] {-1, 65_537}) {
      assertThatThrownBy(() -> builder.dearestStored(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(builder.dearestStored(65_536).build()).isNotNull();
    Passwords.Builder cheap = fixture.builder(CheapHasher.create()).dearestStored(16);
    assertThatThrownBy(cheap::build).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("PW-7 one hash a form tried: the work depends on what was typed alone")
  void forms() {
    Passwords passwords = builder().build();
    for (String name : FAILING) {
      assertThat(workOf(passwords, name, NFD)).as(name).isEqualTo(2048);
    }
  }

  @Test
  @DisplayName("PW-7 what is typed in either form is right, and costs one hash where it is NFC")
  void eitherForm() {
    Passwords passwords = builder().build();
    store.put(
        User.builder("1", "current").passwordHash(passwords.hash(Password.of(NFD)).orElseThrow()));
    for (String typed : new String[] {NFC, NFD}) {
      long before = work.get();
      assertThat(isRight(login(passwords, "current", typed))).isTrue();
      assertThat(work.get() - before).isEqualTo(1024);
    }
    assertThat(store.replacements()).isZero();
  }

  @Test
  @DisplayName("PW-7 a hash that was set of the typed form is right, and replaced by that of NFC")
  void setBefore() {
    Passwords passwords = builder().build();
    store.put(User.builder("1", "current").passwordHash(Stored.bcrypt("2b", NFD)));
    assertThat(isRight(login(passwords, "current", NFC))).isFalse();
    assertThat(isRight(login(passwords, "current", NFD))).isTrue();
    String replaced = store.get("1").passwordHash().orElseThrow();
    assertThat(replaced).startsWith("$2b$10$");
    assertThat(isRight(login(passwords, "current", NFC))).isTrue();
    assertThat(store.get("1").passwordHash()).contains(replaced);
  }

  @Test
  @DisplayName(
      "PW-7 256 letters typed as 512 code points are right; text that can't be is not read")
  void bounded() {
    Passwords passwords = builder().build();
    String stored = passwords.hash(Password.of("\u00E9".repeat(256))).orElseThrow();
    store.put(User.builder("1", "current").passwordHash(stored));
    assertThat(isRight(login(passwords, "current", "e\u0301".repeat(256)))).isTrue();
    assertThat(workOf(passwords, "current", "e" + "\u0301".repeat(1_000_000))).isEqualTo(1024);
  }

  /** Counts the work of what it does, in bcrypt's unit. */
  private class Watched implements PasswordFormat {
    private final PasswordFormat format;

    Watched(PasswordFormat format) {
      this.format = format;
    }

    @Override
    public boolean recognises(String stored) {
      return format.recognises(stored);
    }

    @Override
    public boolean accepts(Password password) {
      return format.accepts(password);
    }

    @Override
    public boolean verify(Password password, String stored) {
      work.addAndGet(format.work(stored));
      return format.verify(password, stored);
    }

    @Override
    public long work(String stored) {
      return format.work(stored);
    }
  }

  private final class Counted extends Watched implements PasswordHasher {
    private final BcryptHasher bcrypt;

    Counted(BcryptHasher bcrypt) {
      super(bcrypt);
      this.bcrypt = bcrypt;
    }

    @Override
    public String hash(Password password, SecureRandom random) {
      work.addAndGet(bcrypt.work());
      return bcrypt.hash(password, new SecureRandom());
    }

    @Override
    public boolean isCurrent(String stored) {
      return bcrypt.isCurrent(stored);
    }

    @Override
    public int maxBytes() {
      return bcrypt.maxBytes();
    }

    @Override
    public long work() {
      return bcrypt.work();
    }

    @Override
    public long work(String stored) {
      return bcrypt.work(stored);
    }

    @Override
    public void spend(long rest, SecureRandom random) {
      work.addAndGet(rest);
      bcrypt.spend(rest, random);
    }
  }
}
