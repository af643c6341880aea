package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.KeyFile;
import dev.sallyport.testkit.Race;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are opened, and who can read those that are made. */
class KeyFileAccessTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path folder;

  private final AuthEnvironment environment = AuthEnvironment.standard();
  private Path path;

  @BeforeEach
  void path() {
    path = folder.resolve("keys.json");
  }

  private KeyFile create() {
    return KeyFile.openOrCreate(environment, path, JwsAlgorithm.ES256);
  }

  private String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private void assertRefused(String... why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFile.open(environment, path))
        .withMessageContaining(path.toString())
        .satisfies(e -> assertThat(e.getMessage()).contains(why));
    if (Files.exists(path)) {
      assertThatIllegalArgumentException().isThrownBy(this::create);
    }
  }

  @Test
  @DisplayName(
      "JW-5 a new file is its owner's alone, also after a change, and nothing else is left")
  void ownerOnly() throws Exception {
    KeyFile file = create();
    assertThat(permissions(path)).isEqualTo("rw-------");
    assertThat(Files.readString(path)).isEqualTo(file.keys().privateJson());
    file.rotate(HOUR, HOUR);
    assertThat(permissions(path)).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("keys.json.lock"))).isEqualTo("rw-------");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("keys.json", "keys.json.lock");
    assertThat(file.toString())
        .contains(path.toString())
        .doesNotContain(Files.readString(path).substring(20, 60));
  }

  @Test
  @DisplayName("JW-5 a file that is there is opened and keeps its algorithm; none is made by open")
  void open() {
    assertRefused("There is no key file");
    assertThat(folder.toFile().list()).isEmpty();
    String keys = create().keys().privateJson();
    assertThat(KeyFile.open(environment, path).keys().privateJson()).isEqualTo(keys);
    assertThat(KeyFile.openOrCreate(environment, path, JwsAlgorithm.EDDSA).keys().privateJson())
        .isEqualTo(keys);
  }

  @Test
  @DisplayName("JW-5 nodes that create the file at once have the same keys")
  void createdAtOnce() {
    for (int round = 0; round < 10; round++) {
      Path next = folder.resolve("keys-" + round);
      List<String> all =
          Race.of(
              8,
              thread ->
                  KeyFile.openOrCreate(environment, next, JwsAlgorithm.ES256).keys().privateJson());
      assertThat(all).hasSize(8).containsOnly(all.get(0));
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"OWNER_READ", "OWNER_WRITE", "OWNER_EXECUTE"},
      mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("JW-5 a file to which others have any access is refused, by name and remedy")
  void openToOthers(PosixFilePermission permission) throws Exception {
    create();
    Set<PosixFilePermission> permissions =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, permission);
    Files.setPosixFilePermissions(path, permissions);
    assertRefused("`chmod 600`");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
    assertThat(KeyFile.open(environment, path).keys()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "{\"signing\":\"s3cret\"}", "s3cret", "[]"})
  @DisplayName("JW-5 a file without keys is refused and left as it is; nothing of it is shown")
  void noKeys(String content) throws Exception {
    create();
    Files.writeString(path, content);
    assertRefused("no usable keys");
    assertThatIllegalArgumentException()
        .isThrownBy(this::create)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    assertThat(Files.readString(path)).isEqualTo(content);
  }

  @Test
  @DisplayName("JW-5 half a file, at any length, is no file")
  void half() throws Exception {
    String whole = create().keys().privateJson();
    for (int length = 1; length < whole.length(); length += 7) {
      Files.writeString(path, whole.substring(0, length));
      assertRefused("no usable keys");
    }
    Files.writeString(path, whole + "\n");
    assertThat(KeyFile.open(environment, path).keys().privateJson()).isEqualTo(whole);
  }

  @Test
  @DisplayName("JW-5 a folder and a file over 1 MiB are refused without being read")
  void notSuchAFile() throws Exception {
    Files.createDirectory(path);
    assertRefused("folder");
    Files.delete(path);
    String whole = create().keys().privateJson();
    Files.writeString(path, whole + " ".repeat((1 << 20) - whole.length()));
    assertThat(KeyFile.open(environment, path).keys()).isNotNull();
    Files.writeString(path, whole + " ".repeat((1 << 20) - whole.length() + 1));
    assertRefused("1048576");
  }

  @Test
  @DisplayName("JW-5 behind a link the file itself is checked and replaced, and the link stays")
  void link() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real")).resolve("keys");
    Files.createSymbolicLink(path, real);
    assertThatIllegalArgumentException()
        .isThrownBy(this::create)
        .withMessageContaining("link to a file that does not exist");
    assertThat(Files.exists(real)).isFalse();
    KeyFile direct = KeyFile.openOrCreate(environment, real, JwsAlgorithm.ES256);
    KeyFile linked = KeyFile.open(environment, path);
    linked.rotate(HOUR, HOUR);
    assertThat(Files.isSymbolicLink(path)).isTrue();
    assertThat(direct.reload()).isTrue();
    assertThat(direct.keys().privateJson()).isEqualTo(linked.keys().privateJson());
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    assertRefused("`chmod 600`");
  }

  @Test
  @DisplayName("CH-6 a folder that is not there is an outage, which names the file")
  void noFolder() {
    path = folder.resolve("absent/keys.json");
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(this::create)
        .withMessageContaining(path.toString());
  }

  @Test
  @DisplayName("JW-5 a change that fails leaves the file and the keys as they were")
  void failedChange() throws Exception {
    KeyFile file = create();
    String before = Files.readString(path);
    JwtKeys keys = file.keys();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(
            () ->
                file.change(
                    all -> {
                      all.signing().rotate(JwtFixture.key(JwsAlgorithm.ES256), HOUR);
                      throw new UnsupportedOperationException();
                    }));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file.rotate(HOUR, Duration.ofSeconds(-1)));
    assertThat(Files.readString(path)).isEqualTo(before).isEqualTo(keys.privateJson());
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("keys.json", "keys.json.lock");
    file.rotate(HOUR, HOUR);
    assertThat(Files.readString(path)).isNotEqualTo(before);
  }
}
