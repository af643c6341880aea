package com.example.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.example.host.SiteClient;
import com.example.host.Transport;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import dev.sallyport.testkit.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The application over a database, with a user {@code admin}, and a client of it. */
final class RunningApplication extends SiteClient {
  static final String ADMIN_PASSWORD = "queen-of-hearts-1865";

  private final Host host;

  /**
   * Starts it.
   *
   * @param store the URL of a database
   * @param folder where its other files are
   */
  RunningApplication(String store, Path folder) throws BadSettingException, IOException {
    super(Transport.http1());
    Secrets.remember(ADMIN_PASSWORD);
    Path config =
        Files.writeString(folder.resolve("auth.properties"), "auth.passwords.cost = 10\n");
    host =
        Quiet.start(
            Map.of(
                "PORT",
                "0",
                "STORE",
                store,
                "KEYS",
                folder.resolve("keys.jwks").toString(),
                "ADMIN_PASSWORD",
                ADMIN_PASSWORD,
                "CONFIG",
                config.toString()),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
  }

  @Override
  public int port() {
    return host.port();
  }

  String origin() {
    return "http://127.0.0.1:" + port();
  }

  @Override
  public void close() {
    host.close();
  }
}
