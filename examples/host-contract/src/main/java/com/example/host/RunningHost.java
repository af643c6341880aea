package com.example.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import dev.sallyport.testkit.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** A host on a free port of this process, with stores in memory, and a client of it. */
final class RunningHost extends SiteClient {
  static final String ADMIN_PASSWORD = "queen-of-hearts-1865";

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Host host;

  RunningHost(Host.Start start, Transport transport, Path config) throws BadSettingException {
    super(transport);
    Secrets.remember(ADMIN_PASSWORD);
    host =
        start.from(
            Map.of(
                "PORT",
                "0",
                "STORE",
                "memory",
                "ADMIN_PASSWORD",
                ADMIN_PASSWORD,
                "CONFIG",
                config.toString()),
            new PrintStream(said, true, UTF_8));
  }

  @Override
  public int port() {
    return host.port();
  }

  /** What it has printed on its console so far. */
  String said() {
    return said.toString(UTF_8);
  }

  @Override
  public void close() {
    host.close();
  }
}
