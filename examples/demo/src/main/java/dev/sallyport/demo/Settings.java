package dev.sallyport.demo;

import dev.sallyport.password.Password;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What the environment says, and the file that it may name. */
record Settings(int port, Optional<Password> adminPassword, Properties auth) {
  private static final int DEFAULT_PORT = 8080;

  static Settings of(Map<String, String> env) throws BadSettingException {
    String port = env.get("PORT");
    return new Settings(
        port == null ? DEFAULT_PORT : port(port),
        Optional.ofNullable(env.get("ADMIN_PASSWORD")).map(Password::of),
        auth(env.get("CONFIG")));
  }

  private static int port(String text) throws BadSettingException {
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
      return Integer.parseInt(text);
    }
    throw new BadSettingException("PORT must be a whole number from 0 (any free port) to 65535");
  }

  private static Properties auth(@Nullable String file) throws BadSettingException {
    // It has no TLS, so credentials over plain HTTP must do, from this machine. For development.
    Properties defaults = new Properties();
    defaults.setProperty("auth.transport", "optional-on-loopback-for-development");
    Properties auth = new Properties(defaults);
    if (file != null) {
      try (Reader reader = Files.newBufferedReader(Path.of(file))) {
        auth.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new BadSettingException("CONFIG: can't read the properties file '" + file + "'");
      }
    }
    return auth;
  }
}
