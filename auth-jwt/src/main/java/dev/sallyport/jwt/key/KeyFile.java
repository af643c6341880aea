package dev.sallyport.jwt.key;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A file with the {@link JwtKeys} of a host, which survives restarts and is shared by nodes. A
 * change that one node makes reaches the others while they run: each looks at the file when its
 * keys are used, at most once a second, and at once when a token names a key that it doesn't know.
 * So no request fails during a rotation.
 *
 * <p>Only the owner can read the file. Where the file system has POSIX permissions, it is created
 * with {@code rw-------}, and refused if anybody else has access. Each change replaces it whole,
 * under a lock between processes (a file beside it whose name ends in {@code .lock}), so its folder
 * must be writable.
 *
 * <p>If the file is lost, broken or can't be read, the last good keys stay in use. The event {@link
 * dev.sallyport.event.AuthEvent.SchemeEvent SchemeEvent} {@code key_file_unusable} says so, at most
 * once a minute; {@code keys_changed} reports that other keys were taken over. A key that is no
 * longer in a good file is withdrawn. Safe for many threads; it has none of its own.
 *
 * <pre>{@code
 * KeyFile file = KeyFile.openOrCreate(environment, Path.of("keys.json"), JwsAlgorithm.ES256);
 * JwtKeys keys = file.keys();
 * file.rotate(Duration.ofHours(1), Duration.ofDays(30));
 * }</pre>
 */
public final class KeyFile {
  private final AuthEnvironment environment;
  private final PrivateFile file;
  private final KeyWatch watch;

  private KeyFile(AuthEnvironment environment, PrivateFile file) throws IOException {
    this.environment = environment;
    this.file = file;
    this.watch = new KeyWatch(environment, file);
  }

  /**
   * Opens a file that exists. In production it is safer than {@link #openOrCreate}: a volume that
   * isn't mounted is then a refusal to start, and not new keys.
   *
   * @param environment supplies the clock and randomness, and is notified of changes and faults
   * @param path the file; a symbolic link is followed
   * @return the open file
   * @throws IllegalArgumentException if there is none, others than its owner have access to it, or
   *     it doesn't hold keys written by {@link JwtKeys#privateJson}; the message names the file and
   *     nothing in it
   * @throws StoreUnavailableException if it can't be read
   */
  public static KeyFile open(AuthEnvironment environment, Path path) {
    PrivateFile file = new PrivateFile(path);
    try {
      if (!file.exists()) {
        throw new IllegalArgumentException("There is no " + file);
      }
      return new KeyFile(environment, file);
    } catch (IOException e) {
      throw new StoreUnavailableException("Can't read the " + file, e);
    }
  }

  /**
   * Opens a file, and first creates it with new keys if there is none. If several processes do so
   * at once, all use the same keys.
   *
   * @param environment as for {@link #open}
   * @param path the file, in a folder that exists
   * @param algorithm the algorithm that signs access tokens in a new file; one that exists keeps
   *     its own
   * @return the open file
   * @throws IllegalArgumentException as for {@link #open}
   * @throws StoreUnavailableException if it can't be read or created
   */
  public static KeyFile openOrCreate(
      AuthEnvironment environment, Path path, JwsAlgorithm algorithm) {
    PrivateFile file = new PrivateFile(path);
    try {
      if (!file.exists()) {
        file.locked(
            () -> {
              if (!file.exists()) {
                write(file, JwtKeys.generate(environment, algorithm));
              }
            });
      }
      return new KeyFile(environment, file);
    } catch (IOException e) {
      throw new StoreUnavailableException("Can't read or create the " + file, e);
    }
  }

  /**
   * Returns the keys in use. They stay the same object, and follow the file. They can't be changed
   * directly, since the next look at the file would undo it: see {@link #change}.
   *
   * @return the keys
   */
  public JwtKeys keys() {
    return watch.keys();
  }

  /**
   * Looks at the file now. There is no need to call it, except to learn whether the file is good.
   *
   * @return whether other keys were taken over
   * @throws IllegalArgumentException if the file can't be used, as for {@link #open}; the last good
   *     keys stay in use
   * @throws StoreUnavailableException if it can't be read; likewise
   */
  public boolean reload() {
    try {
      return watch.reload();
    } catch (IOException e) {
      throw new StoreUnavailableException("Can't read the " + file, e);
    }
  }

  /**
   * Makes new keys, of the same algorithms, the signing key and the secret of refresh tokens. The
   * previous ones keep verifying for a while.
   *
   * @param formerSigns how long the previous signing key keeps verifying, up to 3,660 days: at
   *     least the lifetime of an access token
   * @param formerRefreshes how long the previous secret keeps verifying, up to 3,660 days: as long
   *     as a refresh token lives unused
   * @throws IllegalArgumentException if a duration is out of range, or the file can't be used
   * @throws StoreUnavailableException as for {@link #change}
   */
  public void rotate(Duration formerSigns, Duration formerRefreshes) {
    change(
        keys -> {
          keys.signing().rotate(another(keys.signing()), formerSigns);
          keys.refresh().rotate(another(keys.refresh()), formerRefreshes);
        });
  }

  private SigningKey another(SigningKeySet keys) {
    return SigningKey.generate(keys.current().algorithm(), environment.random());
  }

  /**
   * Changes the keys in the file: reads them, lets them be changed, and writes them, while no other
   * process can. Then they are in use here. If the file has been deleted, it is written again from
   * the keys in use.
   *
   * @param change changes the keys it is given, and keeps no reference to them
   * @throws IllegalArgumentException if the file can't be used, or the new keys can't be written;
   *     the file is then unchanged
   * @throws StoreUnavailableException if the file can't be read or written, or another process has
   *     been changing it for 10 seconds
   */
  public void change(Consumer<JwtKeys> change) {
    replace(
        () -> {
          JwtKeys keys =
              file.exists() ? watch.read() : JwtKeys.read(environment, keys().privateJson());
          change.accept(keys);
          write(file, keys);
        });
  }

  /**
   * Replaces all keys at once: for keys that somebody may have read. Every access and refresh token
   * issued so far ends, here at once and on each other node with its next look at the file. A file
   * that is broken or deleted is replaced as well.
   *
   * @throws StoreUnavailableException as for {@link #change}
   */
  public void replaceAll() {
    JwsAlgorithm algorithm = keys().signing().current().algorithm();
    replace(() -> write(file, JwtKeys.generate(environment, algorithm)));
  }

  private void replace(PrivateFile.Work work) {
    try {
      file.locked(work);
    } catch (IOException e) {
      throw new StoreUnavailableException("Can't change the " + file, e);
    }
    reload();
  }

  private static void write(PrivateFile file, JwtKeys keys) throws IOException {
    file.replace(keys.privateJson().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "KeyFile[" + file.path() + ", " + keys() + "]";
  }
}
