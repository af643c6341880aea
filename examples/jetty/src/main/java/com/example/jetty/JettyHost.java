package com.example.jetty;

import com.example.servlets.SiteServlets;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import dev.sallyport.site.Site;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** The site on Jetty, which speaks HTTP/1.1 and HTTP/2 on one port. */
public final class JettyHost implements Host {
  private static final int STOP_MS = 5_000; // connections that a client keeps end after one second

  private final Site site;
  private final Server server = new Server();
  private final ServerConnector connector;

  private JettyHost(Site site) throws IOException {
    this.site = site;
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector =
        new ServerConnector(
            server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost(ADDRESS);
    connector.setPort(site.port());
    server.addConnector(connector);

    ServletContextHandler context = new ServletContextHandler("/");
    context.addServletContainerInitializer(new SiteServlets(site));
    server.setHandler(new GracefulHandler(context));
    server.setStopTimeout(STOP_MS);
    start();
  }

  private void start() throws IOException {
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      stop();
      throw e;
    } catch (Exception e) {
      stop();
      throw new IllegalStateException("Jetty doesn't start", e);
    }
  }

  /**
   * Starts the host, which runs until the process is stopped.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Host.run(JettyHost::start);
  }

  /**
   * Starts a host.
   *
   * @param env the settings
   * @param out where it reports that it is ready
   * @return the running host
   * @throws BadSettingException if a setting is wrong
   */
  public static JettyHost start(Map<String, String> env, PrintStream out)
      throws BadSettingException {
    return Host.start(env, out, JettyHost::new);
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      stop();
    } finally {
      site.close();
    }
  }

  private void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty doesn't stop", e);
    }
  }
}
