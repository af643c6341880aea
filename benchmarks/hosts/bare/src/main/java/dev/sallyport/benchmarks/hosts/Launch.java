package dev.sallyport.benchmarks.hosts;

import java.nio.file.Path;
import java.util.List;

/**
 * How a host is started.
 *
 * @param port where the page is; what is measured is at the next one
 * @param scheme the only one that it knows
 * @param folder has {@code host.p12} with the certificate, and what {@link IssuedJwt} has written
 * @param options more words, which only some hosts know
 */
public record Launch(int port, Scheme scheme, Path folder, List<String> options) {
  /** Where all listen. */
  public static final String ADDRESS = "127.0.0.1";

  /** That of the key store. */
  public static final String KEY_STORE_PASSWORD = "changeit";

  /**
   * Reads what a host is started with.
   *
   * @param args port, scheme, folder, options
   */
  public static Launch of(String... args) {
    if (args.length < 3) {
      throw new IllegalArgumentException("Expected a port, a scheme and a folder");
    }
    return new Launch(
        Integer.parseInt(args[0]),
        Scheme.of(args[1]),
        Path.of(args[2]),
        List.of(args).subList(3, args.length));
  }

  /** The JWT of {@link #scheme}, and the key that verifies it. */
  public IssuedJwt jwt() {
    return IssuedJwt.read(folder, scheme);
  }

  /** Has the certificate and its key. */
  public Path keyStore() {
    return folder.resolve("host.p12").toAbsolutePath();
  }
}
