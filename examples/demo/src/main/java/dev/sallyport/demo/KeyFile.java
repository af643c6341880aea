package dev.sallyport.demo;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A file with the keys of access and refresh tokens, which only its owner can read. If there is
 * none, it is created, whole or not at all; if several processes start at once, all use the file
 * that was first.
 */
final class KeyFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private KeyFile() {}

  static JwtKeys load(AuthEnvironment environment, Path file) throws BadSettingException {
    try {
      if (!Files.exists(file)) {
        make(environment, file);
      }
      if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
        throw new BadSettingException(
            "KEYS: others can read '" + file + "'; do `chmod 600` and make new keys");
      }
      return JwtKeys.read(environment, Files.readString(file));
    } catch (IOException | UnsupportedOperationException e) {
      throw new BadSettingException("KEYS: can't read or make the file '" + file + "'");
    } catch (IllegalArgumentException e) {
      throw new BadSettingException("KEYS: '" + file + "' holds no keys: " + e.getMessage());
    }
  }

  private static void make(AuthEnvironment environment, Path file) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file");
    Path whole = Files.createTempFile(folder, ".keys", null, ownerOnly(folder));
    try {
      Files.writeString(whole, JwtKeys.generate(environment, JwsAlgorithm.ES256).privateJson());
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException e) {
      // somebody else was first
    } finally {
      Files.delete(whole);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
    return isPosix(folder)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }
}
