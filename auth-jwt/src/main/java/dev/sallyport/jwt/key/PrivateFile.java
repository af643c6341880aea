package dev.sallyport.jwt.key;

import dev.sallyport.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A file that only its owner can read. It is replaced whole, so that a reader finds either the
 * former content or the next one, also after a crash.
 */
final class PrivateFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final int LOCK_SECONDS = 10;
  private static final int BETWEEN_TRIES_MS = 10;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /**
   * One change in this process at a time. A lock of the operating system belongs to the process,
   * which loses it as soon as any of its threads closes the lock file.
   */
  private static final Semaphore CHANGES = new Semaphore(1);

  private final Path path;

  PrivateFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  /** Something to do while no other process changes the file. */
  interface Work {
    void run() throws IOException;
  }

  /**
   * Whether there is one.
   *
   * @throws IOException if the file system can't say: it could be there, and must not be
   *     overwritten
   */
  boolean exists() throws IOException {
    if (Files.exists(path)) {
      return true;
    }
    if (Files.notExists(path)) {
      return false;
    }
    throw new IOException("Can't find out whether there is a " + this);
  }

  byte[] read() throws IOException {
    if (exists() && !Files.isRegularFile(path)) {
      throw new IllegalArgumentException("The " + this + " is a folder or a device, not a file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            "The " + this + " is longer than " + MAX_BYTES + " bytes");
      }
      return content;
    }
  }

  /** Reads what only the owner can have read or written. */
  byte[] readPrivate() throws IOException {
    byte[] content = read();
    requireOwnerOnly();
    return content;
  }

  /** Where the file system has no such permissions, its owner has to take care of it. */
  void requireOwnerOnly() throws IOException {
    if (!isPosix(path)) {
      return;
    }
    for (PosixFilePermission permission : Files.getPosixFilePermissions(path)) {
      if (!permission.name().startsWith("OWNER")) {
        throw new IllegalArgumentException(
            "Others than the owner have access to the "
                + this
                + ": run `chmod 600` on it, and replace its keys if somebody may have read them");
      }
    }
  }

  /** Does some work under a lock between processes and threads. */
  void locked(Work work) throws IOException {
    if (!acquired()) {
      throw busy();
    }
    try {
      Path target = target();
      Path lock = target.resolveSibling(target.getFileName() + ".lock");
      try (FileChannel channel =
          FileChannel.open(
              lock,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              ownerOnly(folder(target)))) {
        lock(channel);
        work.run();
      }
    } finally {
      CHANGES.release();
    }
  }

  private static boolean acquired() throws IOException {
    try {
      return CHANGES.tryAcquire(LOCK_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Closing the channel releases the lock. */
  private void lock(FileChannel channel) throws IOException {
    for (int i = 0; i < LOCK_SECONDS * 1000 / BETWEEN_TRIES_MS; i++) {
      try {
        if (channel.tryLock() != null) {
          return;
        }
      } catch (OverlappingFileLockException e) {
        // another copy of this class in the process has it
      }
      try {
        Thread.sleep(BETWEEN_TRIES_MS);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    throw busy();
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("Interrupted while waiting for the lock");
  }

  private StoreUnavailableException busy() {
    return new StoreUnavailableException(
        "Somebody else has been changing the " + this + " for " + LOCK_SECONDS + " seconds");
  }

  /** Replaces the content; only while it is {@link #locked}. */
  void replace(byte[] content) throws IOException {
    Path target = target();
    Path folder = folder(target);
    Path whole = Files.createTempFile(folder, ".keys", ".tmp", ownerOnly(folder));
    try {
      try (FileChannel out = FileChannel.open(whole, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
        out.force(true);
      }
      Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
    force(folder);
  }

  /** Makes the move itself outlive a power failure, on systems that can open a folder. */
  private static void force(Path folder) {
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    } catch (IOException e) {
      // Windows can't
    }
  }

  /** Behind a symbolic link, the file that it points to is replaced, not the link. */
  private Path target() throws IOException {
    if (exists()) {
      return path.toRealPath();
    }
    if (Files.isSymbolicLink(path)) {
      throw new IllegalArgumentException(
          "The " + this + " is a link to a file that does not exist");
    }
    return path;
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file");
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
    return isPosix(folder)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }

  String path() {
    return path.toString();
  }

  @Override
  public String toString() {
    return "key file '" + path + "'";
  }
}
