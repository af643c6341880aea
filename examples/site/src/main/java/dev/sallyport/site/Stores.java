package dev.sallyport.site;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The stores of users, issued credentials and the throttle's counts. Once an hour expired records
 * are removed, in batches.
 */
record Stores(
    AccountStore users,
    TokenStore tokens,
    ThrottleStore counts,
    Optional<DataSource> database,
    Timer purge,
    Runnable shut)
    implements AutoCloseable {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int BATCH = 1000;

  /** How long connecting to a database may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** It logs a URL that it can't parse, with any password in it. */
  private static final Logger POSTGRESQL = Logger.getLogger("org.postgresql");

  static Stores open(Settings settings) throws BadSettingException {
    return settings.database().isPresent()
        ? inDatabase(settings.database().get())
        : of(
            CredentialStore.inMemory(),
            TokenStore.inMemory(),
            ThrottleStore.inMemory(),
            Optional.empty(),
            () -> {});
  }

  private static Stores inDatabase(Settings.Database database) throws BadSettingException {
    HikariDataSource pool = connect(database);
    try {
      JdbcStores stores = JdbcStores.builder(pool).createSchema().build();
      return of(
          stores.accounts(), stores.tokens(), stores.counts(), Optional.of(pool), pool::close);
    } catch (StoreUnavailableException | IllegalStateException | IllegalArgumentException e) {
      pool.close();
      throw new BadSettingException("STORE can't be used: " + e.getMessage());
    }
  }

  /** The pool's message about a failure may show the URL, with any password in it. */
  private static HikariDataSource connect(Settings.Database database) throws BadSettingException {
    POSTGRESQL.setLevel(Level.OFF);
    try {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(database.url());
      config.setUsername(database.user());
      config.setPassword(database.password());
      bound(config);
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw new BadSettingException(
          "STORE can't be used: the database can't be reached, is in use by another process, or"
              + " refuses the user");
    }
  }

  /**
   * Otherwise a pool with idle connections to a silent database tries them in turn, for 5 s each.
   */
  private static void bound(HikariConfig config) {
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setValidationTimeout(PATIENCE.toMillis() / 3);
    if (config.getJdbcUrl().startsWith("jdbc:postgresql:")) {
      // By default, a login to a silent server takes a minute, and the end of a statement 12 s.
      config.addDataSourceProperty("loginTimeout", Long.toString(PATIENCE.toSeconds()));
      config.addDataSourceProperty("cancelSignalTimeout", Long.toString(PATIENCE.toSeconds()));
    }
  }

  private static Stores of(
      AccountStore users,
      TokenStore tokens,
      ThrottleStore counts,
      Optional<DataSource> database,
      Runnable shut) {
    Timer purge = new Timer("purge", true);
    purge.schedule(
        new TimerTask() {
          @Override
          public void run() {
            purge(tokens);
          }
        },
        EVERY.toMillis(),
        EVERY.toMillis());
    return new Stores(users, tokens, counts, database, purge, shut);
  }

  private static void purge(TokenStore tokens) {
    try {
      while (tokens.prune(Instant.now(), BATCH) == BATCH) {
        // the next batch
      }
    } catch (StoreUnavailableException e) {
      // Tries again in an hour.
    }
  }

  @Override
  public void close() {
    purge.cancel();
    shut.run();
  }
}
