package dev.sallyport.benchmarks.jdbc;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.benchmarks.OneField;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.store.SecretDigest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A request with the cookie of a session in PostgreSQL. The floor is the same join as a bare
 * statement over the same pool, with every column read. Spring Session reads a session and its
 * attributes, and knows no user; its request filter writes the time of the use at each request.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 20, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class JdbcBenchmark {
  private static final String JOIN =
      """
      SELECT t.token_key, t.id, t.kind, t.user_id, t.label, t.scopes, t.created_at,
        t.authenticated_at, t.last_seen_at, t.idle_expires_at, t.expires_at, t.epoch, t.client,
        t.attributes, t.version, t.generation, t.digest, t.key_id, t.rotated_at,
        u.id, u.name, u.password_hash, u.roles, u.active, u.epoch, u.revocation_epoch, u.version
      FROM sallyport_tokens t LEFT JOIN sallyport_users u ON u.id = t.user_id
      WHERE t.token_key = ? AND t.kind = ? AND t.ends_at > ?
      """;

  private static final int COLUMNS = 27;

  /** How many sessions there are. */
  @Param({"1000", "1000000"})
  public int rows;

  private final InetAddress client = InetAddress.getLoopbackAddress();
  private PostgresScene scene;
  private AuthenticatorChain chain;
  private byte[] cookie;
  private SessionRepository<Session> spring;
  private String springId;

  /** Fills the tables, and logs in. */
  @Setup
  public void setUp() throws Exception {
    scene = new PostgresScene(rows, 0);
    cookie = ("__Host-session=" + scene.secret).getBytes(StandardCharsets.ISO_8859_1);
    chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(event -> {}),
            SessionAuthenticator.of(scene.sessions));
    springId = startSpring();
    if (!(chain() instanceof Authenticated who)
        || !who.principal().id().equals(PostgresScene.USER)
        || !floor().equals(PostgresScene.USER)
        || !PostgresScene.USER.equals(springFinds().getAttribute("user"))) {
      throw new IllegalStateException("Not all of them find the session");
    }
  }

  @SuppressWarnings("unchecked")
  private String startSpring() throws SQLException {
    new ResourceDatabasePopulator(
            new ClassPathResource("org/springframework/session/jdbc/schema-postgresql.sql"))
        .execute(scene.pool);
    spring =
        (SessionRepository<Session>)
            (SessionRepository<?>)
                new JdbcIndexedSessionRepository(
                    new JdbcTemplate(scene.pool),
                    new TransactionTemplate(new DataSourceTransactionManager(scene.pool)));
    Session session = null;
    for (int i = 0; i < 1000; i++) {
      session = spring.createSession();
      session.setAttribute("user", PostgresScene.USER);
      spring.save(session);
    }
    scene.execute("ANALYZE");
    return session.getId();
  }

  /** Stops the server. */
  @TearDown
  public void tearDown() throws Exception {
    scene.close();
  }

  /** The chain. */
  @Benchmark
  public AuthResult chain() {
    OneField field = OneField.of("Cookie", cookie);
    return chain.authenticate(
        AuthRequest.builder("GET", "/", null, client, true).headers(field).build());
  }

  /** The bare statement. */
  @Benchmark
  public String floor() throws SQLException {
    try (Connection connection = scene.pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(JOIN)) {
      statement.setString(1, SecretDigest.of(scene.secret).text());
      statement.setString(2, "session");
      statement.setLong(3, System.currentTimeMillis());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        for (int i = 1; i <= COLUMNS; i++) {
          row.getString(i);
        }
        return row.getString("user_id");
      }
    }
  }

  /** Spring Session, reading only. */
  @Benchmark
  public Session springFinds() {
    return spring.findById(springId);
  }

  /** Spring Session, as its request filter does. */
  @Benchmark
  public Session springFindsTouchesSaves() {
    Session session = spring.findById(springId);
    session.setLastAccessedTime(Instant.now());
    spring.save(session);
    return session;
  }
}
