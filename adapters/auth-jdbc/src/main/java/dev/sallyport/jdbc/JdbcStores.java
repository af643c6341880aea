package dev.sallyport.jdbc;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.throttle.ThrottleStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * The stores of accounts, of all that is issued, and of the throttle's counts in one database:
 * PostgreSQL 12, MariaDB 10.6 or H2 2.2, or newer. Hosts that use the same database share them.
 *
 * <pre>{@code
 * JdbcStores stores = JdbcStores.builder(dataSource).createSchema().build();
 * AccountStore users = stores.accounts();
 * TokenStore tokens = stores.tokens();
 * }</pre>
 *
 * <p>Connections come from the host's {@link DataSource}, which should be a pool, and go back after
 * each call as they were. Whatever takes longer than the timeout, or fails for any other reason
 * than its arguments, is a {@link dev.sallyport.StoreUnavailableException}; the next call tries
 * anew. Immutable and safe for many threads, and so is each store.
 */
public final class JdbcStores {
  private final Database database;
  private final Clock clock;

  private JdbcStores(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * The stores in a database that has the schema already.
   *
   * @param dataSource where connections come from
   * @return the stores
   * @throws IllegalStateException if the schema is missing or older than this library
   * @throws IllegalArgumentException if it is none of the three databases
   * @throws dev.sallyport.StoreUnavailableException if the database can't be reached
   */
  public static JdbcStores of(DataSource dataSource) {
    return builder(dataSource).build();
  }

  /**
   * Starts with a timeout of 2 s, and with a schema that is there.
   *
   * @param dataSource where connections come from
   * @return a builder
   */
  public static Builder builder(DataSource dataSource) {
    return new Builder(dataSource);
  }

  /**
   * The users.
   *
   * @return a store over {@code sallyport_users}
   */
  public AccountStore accounts() {
    return new JdbcAccounts(database);
  }

  /**
   * What is issued. Given {@link #accounts} of the same stores, it reads a record and its user in
   * one statement.
   *
   * @return a store over {@code sallyport_tokens}
   */
  public TokenStore tokens() {
    return new JdbcTokens(database);
  }

  /**
   * The counts of failed attempts, which hold on all nodes. Those that are over are removed as new
   * ones come.
   *
   * @return a store over {@code sallyport_throttle}
   */
  public ThrottleStore throttle() {
    return new JdbcThrottle(database, clock);
  }

  @Override
  public String toString() {
    return "JdbcStores[" + database + "]";
  }

  /** Builds {@link JdbcStores}; not safe for several threads. */
  public static final class Builder {
    private final DataSource dataSource;
    private Duration timeout = Duration.ofSeconds(2);
    private Clock clock = Clock.systemUTC();
    private boolean create;

    private Builder(DataSource dataSource) {
      this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    /**
     * Sets how long a connection is waited for, and how long a statement may take.
     *
     * @param timeout 1 to 60 whole seconds; by default 2. Each of the two has the whole time. A
     *     {@link DataSource} that is no pool, and connects in the calling thread, has to bound that
     *     itself
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
     * Sets where the throttle's time comes from.
     *
     * @param clock the clock; by default the system's
     * @return this
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Has the schema created if it is not there. The user that connects needs the right to do so.
     * Where migrations are a tool's work, leave it out: the same SQL files lie in this JAR below
     * {@code sallyport-schema}.
     *
     * @return this
     */
    public Builder createSchema() {
      this.create = true;
      return this;
    }

    /**
     * Connects once, and makes sure of the schema.
     *
     * @return the stores
     * @throws IllegalStateException if the schema is missing or older than this library
     * @throws IllegalArgumentException if it is none of the three databases
     * @throws dev.sallyport.StoreUnavailableException if the database can't be reached
     */
    public JdbcStores build() {
      Database database = Database.connect(new Connections(dataSource, timeout));
      Schema schema = new Schema(database);
      if (create) {
        schema.create();
      }
      schema.check();
      return new JdbcStores(database, clock);
    }
  }
}
