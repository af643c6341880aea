package dev.sallyport.testkit.adapter;

import dev.sallyport.account.Accounts;
import dev.sallyport.guard.Guard;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What one host under test is built from. The author reads it, and makes none. */
public final class AdapterSite {
  private final Guard guard;
  private final Accounts accounts;
  private final List<AdapterRoute> routes;
  private final @Nullable AdapterHandler preflights;
  private final TlsKeys keys;

  AdapterSite(
      Guard guard,
      Accounts accounts,
      List<AdapterRoute> routes,
      @Nullable AdapterHandler preflights,
      TlsKeys keys) {
    this.guard = guard;
    this.accounts = accounts;
    this.routes = List.copyOf(routes);
    this.preflights = preflights;
    this.keys = keys;
  }

  /** {@return the guard, whose environment names trusted proxies and the mount path} */
  public Guard guard() {
    return guard;
  }

  /** {@return the accounts that the endpoints are built from} */
  public Accounts accounts() {
    return accounts;
  }

  /** {@return what the host has besides the endpoints} */
  public List<AdapterRoute> routes() {
    return routes;
  }

  /**
   * {@return the path that the whole site must lie below, endpoints and routes alike; empty unless
   * the host has {@link AdapterAbility#MOUNT_PATH}}
   */
  public String mountPath() {
    return guard.chain().environment().mountPath();
  }

  /**
   * {@return what answers preflights in place of the host's CORS handler; empty where the adapter's
   * option must be off} It is there only if the host has {@link AdapterAbility#PREFLIGHTS}.
   */
  public Optional<AdapterHandler> preflights() {
    return Optional.ofNullable(preflights);
  }

  /**
   * {@return a PKCS #12 key store with one key, and a certificate for {@code localhost} and {@code
   * 127.0.0.1} that nobody signed but itself}
   *
   * @throws IllegalStateException if the JDK's {@code keytool} can't make one
   */
  public Path keyStore() {
    return keys.file();
  }

  /** {@return the password of the key store and of its key} */
  public String keyStorePassword() {
    return TlsKeys.PASSWORD;
  }

  /** {@return a context for servers, with the key of {@link #keyStore}} */
  public SSLContext serverTls() {
    return keys.server();
  }
}
