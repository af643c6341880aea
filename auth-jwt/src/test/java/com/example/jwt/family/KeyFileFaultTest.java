package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.TokenPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is lost or spoilt while nodes run on its keys. */
class KeyFileFaultTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path folder;

  private final JwtFixture fixture = new JwtFixture();
  private Path path;
  private Sharing one;
  private Sharing other;
  private TokenPair pair;
  private String good;

  @BeforeEach
  void start() throws Exception {
    path = folder.resolve("keys.json");
    one = new Sharing(fixture, path);
    other = new Sharing(fixture, path);
    pair = one.start();
    good = Files.readString(path);
  }

  /** The other node goes on with the last good keys, and says what is wrong. */
  private void assertKept(String why) {
    fixture.clock.advance(SECOND);
    assertThat(other.takes(pair)).isTrue();
    pair = other.next(pair);
    assertThat(other.takes(pair)).isTrue();
    assertThat(other.heard("key_file_unusable"))
        .singleElement()
        .asString()
        .contains(path.toString(), why)
        .doesNotContain("s3cret");
    assertThat(other.heard("keys_changed")).isEmpty();
  }

  private void write(JwtKeys keys) throws IOException {
    Files.writeString(path, keys.privateJson());
  }

  @Test
  @DisplayName("JW-5 a broken file keeps the last good keys, with an event; a good one is taken")
  void broken() throws Exception {
    Files.writeString(path, good.replace("\"signing\"", "\"s3cret\""));
    assertKept("no usable keys");
    assertThatIllegalArgumentException()
        .isThrownBy(other.file::reload)
        .withMessageContaining(path.toString());
    assertThatIllegalArgumentException().isThrownBy(() -> one.file.rotate(HOUR, HOUR));
    assertThat(Files.readString(path)).as("left to its owner").contains("s3cret");
    Files.writeString(path, good);
    fixture.clock.advance(SECOND);
    assertThat(other.takes(pair)).isTrue();
    one.file.rotate(HOUR, HOUR);
    assertThat(other.takes(one.start())).isTrue();
    assertThat(other.takes(pair)).isTrue();
  }

  @Test
  @DisplayName("JW-5 half a file, as a program leaves it that writes in place, keeps the keys")
  void half() throws Exception {
    Files.writeString(path, good.substring(0, good.length() / 2));
    assertKept("no usable keys");
  }

  @Test
  @DisplayName("JW-5 a token of an unknown key is refused while the file is broken, and no outage")
  void unknownKey() throws Exception {
    Sharing stranger = new Sharing(fixture, folder.resolve("strange.json"));
    Files.writeString(path, "");
    assertThat(other.takes(stranger.start())).isFalse();
    JwtFixture.assertRefused(
        other.families.refresh(stranger.start().refreshToken().reveal()), "unknown_key");
    assertThat(other.takes(pair)).isTrue();
  }

  @Test
  @DisplayName("JW-5 a broken file is read once a second, however many strangers name unknown keys")
  void readOnceASecond() throws Exception {
    Files.writeString(path, "");
    assertThat(other.file.keys().signing().find("ES256", "unknown", fixture.clock.instant()))
        .isEmpty();
    Files.writeString(path, good);
    one.file.rotate(HOUR, HOUR);
    TokenPair next = one.start();
    fixture.clock.advance(SECOND.minus(MILLI));
    assertThat(other.takes(next)).isFalse();
    fixture.clock.advance(MILLI);
    assertThat(other.takes(next)).isTrue();
  }

  @Test
  @DisplayName("JW-5 a lost file keeps the keys, and the next change writes them all again")
  void lost() throws Exception {
    Files.delete(path);
    assertKept("NoSuchFile");
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(other.file::reload)
        .withMessageContaining(path.toString());
    other.file.change(keys -> {});
    assertThat(Files.readString(path)).isEqualTo(good);
    Files.delete(path);
    other.file.rotate(HOUR, HOUR);
    fixture.clock.advance(SECOND);
    assertThat(one.signer()).isEqualTo(other.signer());
    assertThat(one.takes(pair)).isTrue();
    assertThat(new Sharing(fixture, path).takes(pair)).as("a node that starts").isTrue();
  }

  @Test
  @DisplayName("JW-5 where the file system can't say whether there is a file, none is written")
  void unknown() throws Exception {
    Files.delete(path);
    Files.createSymbolicLink(path, path);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> one.file.change(keys -> {}))
        .havingCause()
        .withMessageContaining("Can't find out whether there is a key file");
    assertThat(Files.isSymbolicLink(path)).isTrue();
  }

  @Test
  @DisplayName("JW-5 new keys that others can read are not taken")
  void openToOthers() throws Exception {
    write(JwtKeys.generate(AuthEnvironment.standard(), JwsAlgorithm.ES256));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    assertKept("`chmod 600`");
    String theirs = Files.readString(path);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.file.rotate(HOUR, HOUR))
        .withMessageContaining("`chmod 600`");
    assertThat(Files.readString(path)).as("adopted by a change").isEqualTo(theirs);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    fixture.clock.advance(SECOND);
    assertThat(other.takes(pair)).isFalse();
  }

  @Test
  @DisplayName("JW-5 secrets in place of public keys are not taken, since verifiers can't mix them")
  void otherKind() throws Exception {
    write(JwtKeys.generate(AuthEnvironment.standard(), JwsAlgorithm.HS256));
    assertKept("restart");
    write(JwtKeys.generate(AuthEnvironment.standard(), JwsAlgorithm.EDDSA));
    fixture.clock.advance(SECOND);
    assertThat(other.keys.signing().current().algorithm()).isEqualTo(JwsAlgorithm.EDDSA);
  }

  @Test
  @DisplayName(
      "JW-7 a file whose secret also signs access tokens elsewhere in the host is not taken")
  void apart() throws Exception {
    Sharing hmac = new Sharing(fixture, folder.resolve("hmac.json"), JwsAlgorithm.HS256);
    JwtKeys mixed = JwtKeys.of(hmac.keys.signing(), other.keys.refresh());
    write(
        JwtKeys.of(
            SigningKeySet.of(JwtFixture.SIGNING), SigningKeySet.of(hmac.keys.signing().current())));
    assertKept("must not be used for anything else");
    assertThat(mixed.refresh()).isSameAs(other.keys.refresh());
  }

  @Test
  @DisplayName("JW-5 a fault is reported once a minute, and a new one after a good file at once")
  void reports() throws Exception {
    Files.delete(path);
    fixture.clock.advance(SECOND);
    other.signer();
    fixture.clock.advance(Duration.ofMinutes(1).minus(MILLI));
    other.signer();
    assertThat(other.heard("key_file_unusable")).hasSize(1);
    fixture.clock.advance(SECOND);
    other.signer();
    assertThat(other.heard("key_file_unusable")).hasSize(2);
    one.file.change(keys -> {});
    fixture.clock.advance(SECOND);
    other.signer();
    Files.delete(path);
    fixture.clock.advance(SECOND);
    other.signer();
    assertThat(other.heard("key_file_unusable")).hasSize(3);
  }

  @Test
  @DisplayName("JW-5 replaceAll puts new keys in the place of a broken file")
  void replaced() throws Exception {
    Files.writeString(path, "");
    one.file.replaceAll();
    fixture.clock.advance(SECOND);
    assertThat(other.signer()).isEqualTo(one.signer());
    assertThat(other.takes(pair)).isFalse();
  }
}
