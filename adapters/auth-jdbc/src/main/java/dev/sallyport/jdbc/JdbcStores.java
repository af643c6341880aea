package dev.sallyport.jdbc;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * The stores of accounts, issued credentials and the throttle's counts in one database: PostgreSQL
 * 12, MariaDB 10.6 or H2 2.2, or newer. Hosts that use the same database share them.
 *
 * <pre>{@code
 * JdbcStores stores = JdbcStores.builder(dataSource).createSchema().build();
 * AccountStore users = stores.accounts();
 * TokenStore tokens = stores.tokens();
 * }</pre>
 *
 * <p>Connections come from the host's {@link DataSource}, which should be a pool, and go back after
 * each call as they were. A call that takes longer than the timeout, or fails for any reason but
 * its arguments, throws {@link dev.sallyport.StoreUnavailableException}; the next call tries again.
 * Immutable and safe for many threads, and so is each store.
 */
public final class JdbcStores {
  private final Database database;

  private JdbcStores(Database database) {
    this.database = database;
  }

  /**
   * Opens the stores in a database that already has the schema.
   *
   * @param dataSource the source of connections
   * @return the stores
   * @throws IllegalStateException if the schema is missing or older than this library
   * @throws IllegalArgumentException if it is not one of the three databases
   * @throws dev.sallyport.StoreUnavailableException if the database can't be reached
   */
  public static JdbcStores of(DataSource dataSource) {
    return builder(dataSource).build();
  }

  /**
   * Starts with a timeout of 2 s and a schema that already exists.
   *
   * @param dataSource the source of connections
   * @return a builder
   */
  public static Builder builder(DataSource dataSource) {
    return new Builder(dataSource);
  }

  /** {@return the store of users, over {@code sallyport_users}} */
  public AccountStore accounts() {
    return new JdbcAccounts(database);
  }

  /**
   * {@return the store of issued credentials, over {@code sallyport_tokens}} Given {@link
   * #accounts} of the same stores, it reads a record and its user in one statement.
   */
  public TokenStore tokens() {
    return new JdbcTokens(database);
  }

  /**
   * {@return the store of the counts of failed attempts, over {@code sallyport_throttle}} They hold
   * on all nodes; expired ones are removed as new ones come in.
   */
  public ThrottleStore counts() {
    return new JdbcThrottle(database);
  }

  @Override
  public String toString() {
    return "JdbcStores[" + database + "]";
  }

  /** Builds {@link JdbcStores}; not safe for several threads. */
  public static final class Builder {
    private final DataSource dataSource;
    private Duration timeout = Duration.ofSeconds(2);
    private boolean create;

    private Builder(DataSource dataSource) {
      this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    /**
     * Sets how long to wait for a connection, and how long a statement may take.
     *
     * @param timeout 1 to 60 whole seconds; by default 2. Each of the two has the full time. A
     *     {@link DataSource} that is not a pool, and connects in the calling thread, must limit
     *     that itself
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder timeout(Duration timeout) {
      if (timeout.compareTo(Duration.ofSeconds(1)) < 0
          || timeout.compareTo(Duration.ofSeconds(60)) > 0
          || !timeout.equals(Duration.ofSeconds(timeout.toSeconds()))) {
        throw new IllegalArgumentException(
            "The timeout must be 1 to 60 whole seconds, not " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /**
     * Creates the schema if it is missing. The database user needs the right to do so. Leave this
     * out if a tool does the migrations: the same SQL files are in this JAR below {@code
     * sallyport-schema}.
     *
     * @return this
     */
    public Builder createSchema() {
      this.create = true;
      return this;
    }

    /**
     * Connects once, and checks the schema.
     *
     * @return the stores
     * @throws IllegalStateException if the schema is missing or older than this library
     * @throws IllegalArgumentException if it is not one of the three databases
     * @throws dev.sallyport.StoreUnavailableException if the database can't be reached
     */
    public JdbcStores build() {
      Database database = Database.connect(new Connections(dataSource, timeout));
      Schema schema = new Schema(database);
      if (create) {
        schema.create();
      }
      schema.check();
      return new JdbcStores(database);
    }
  }
}
