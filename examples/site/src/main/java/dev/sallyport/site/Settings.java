package dev.sallyport.site;

import dev.sallyport.password.Password;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings from the environment, and from the file that it may name.
 *
 * @param redisInStore whether STORE names a Redis server
 */
record Settings(
    int port,
    Optional<Password> adminPassword,
    Optional<Database> database,
    boolean redisInStore,
    Optional<Path> keys,
    Properties auth) {
  private static final int DEFAULT_PORT = 8080;

  /** The setting of auth-redis. */
  static final String REDIS = "auth.redis.url";

  /**
   * A place of users, if any, and the URL of a Redis server, of which only the beginning is read.
   */
  private static final Pattern WITH_REDIS = Pattern.compile("(?:(\\S.*?)\\s+)?(rediss?:\\S*)");

  /** The default file in the working directory, with the keys next to it. */
  private static final String DEFAULT_FILE = "sallyport-demo";

  /**
   * A database, and our credentials for it.
   *
   * @param url its URL, which may hold a password
   */
  record Database(String url, @Nullable String user, @Nullable String password) {
    @Override
    public String toString() {
      return "Database[hidden]";
    }
  }

  static Settings of(Map<String, String> env) throws BadSettingException {
    String port = env.get("PORT");
    Properties auth = new Properties(defaults(env.get("TLS"), env.get("TRUSTED_PROXIES")));
    load(env.get("CONFIG"), auth);
    String store = env.get("STORE");
    Matcher withRedis = WITH_REDIS.matcher(store == null ? "" : store);
    if (withRedis.matches()) {
      store = withRedis.group(1);
      if (auth.getProperty(REDIS) != null) {
        throw new BadSettingException(
            "STORE and " + REDIS + " name a Redis server each; leave one");
      }
      auth.setProperty(REDIS, withRedis.group(2));
    }
    Optional<Database> database = database(store, env);
    String keys = env.get("KEYS");
    return new Settings(
        port == null ? DEFAULT_PORT : port(port),
        Optional.ofNullable(env.get("ADMIN_PASSWORD")).map(Password::of),
        database,
        withRedis.matches(),
        keys == null && database.isPresent()
            ? Optional.of(Path.of(DEFAULT_FILE + ".jwks"))
            : Optional.ofNullable(keys).map(Path::of),
        auth);
  }

  private static Optional<Database> database(@Nullable String store, Map<String, String> env)
      throws BadSettingException {
    if (store == null) {
      // Without WRITE_DELAY=0, H2 loses what it has acknowledged when the process is killed; with
      // TRACE_LEVEL_FILE=0 it keeps no log of its own beside the database.
      String file = Path.of(DEFAULT_FILE).toAbsolutePath().toString();
      String settings = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
      return Optional.of(new Database("jdbc:h2:file:" + file + settings, "", ""));
    }
    if (store.equals("memory")) {
      return Optional.empty();
    }
    if (store.startsWith("jdbc:")) {
      return Optional.of(new Database(store, env.get("STORE_USER"), env.get("STORE_PASSWORD")));
    }
    throw new BadSettingException(
        "STORE must be the URL of a database that begins with 'jdbc:', or 'memory', or unset; and"
            + " behind that or alone, the URL of a Redis server that begins with 'redis:' or"
            + " 'rediss:'");
  }

  private static int port(String text) throws BadSettingException {
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
      return Integer.parseInt(text);
    }
    throw new BadSettingException("PORT must be a whole number from 0 (any free port) to 65535");
  }

  private static Properties defaults(@Nullable String tls, @Nullable String proxies)
      throws BadSettingException {
    Properties defaults = new Properties();
    defaults.setProperty("auth.chain", "jwt, token, basic, session");
    defaults.setProperty("auth.jwt.issuer", "sallyport-demo");
    defaults.setProperty("auth.jwt.audience", "sallyport-demo");
    // Otherwise a browser would open its own dialogue over the page's form.
    defaults.setProperty("auth.basic.prompt", "navigations");
    if (tls == null && proxies == null) {
      // Without TLS, it accepts credentials over plain HTTP from this machine. For development.
      defaults.setProperty("auth.transport", "optional-on-loopback-for-development");
      return defaults;
    }
    if (!"proxy".equals(tls)) {
      throw new BadSettingException("TLS must be 'proxy' where TRUSTED_PROXIES is set, or unset");
    }
    if (proxies == null || proxies.isBlank()) {
      throw new BadSettingException(
          "TRUSTED_PROXIES must list networks such as 127.0.0.0/8 where TLS is 'proxy'");
    }
    defaults.setProperty("auth.transport", "required");
    defaults.setProperty("auth.trusted-proxies", proxies);
    return defaults;
  }

  private static void load(@Nullable String file, Properties auth) throws BadSettingException {
    if (file == null) {
      return;
    }
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      auth.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadSettingException("CONFIG: can't read the properties file '" + file + "'");
    }
  }
}
