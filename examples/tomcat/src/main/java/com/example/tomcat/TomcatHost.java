package com.example.tomcat;

import com.example.servlets.SiteServlets;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import dev.sallyport.site.Site;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ExpandWar;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** The site on Tomcat, which speaks HTTP/1.1 and HTTP/2 on one port. */
public final class TomcatHost implements Host {
  private static final int STOP_MS = 1_000;

  private final Site site;
  private final Tomcat tomcat = new Tomcat();
  private final Connector connector = new Connector();
  private final Path folder;

  private TomcatHost(Site site) throws IOException {
    this.site = site;
    folder = Files.createTempDirectory("tomcat");
    tomcat.setBaseDir(folder.toString());
    connector.setPort(site.port());
    connector.setProperty("address", ADDRESS);
    connector.setThrowOnFailure(true);
    // A client that holds its body back is asked for it when somebody reads it.
    connector.setProperty("continueResponseTiming", "onRead");
    connector.addUpgradeProtocol(new Http2Protocol());
    tomcat.setConnector(connector);

    StandardContext context = (StandardContext) tomcat.addContext("", folder.toString());
    context.addServletContainerInitializer(new SiteServlets(site), null);
    context.setUnloadDelay(STOP_MS);
    start();
  }

  private void start() throws IOException {
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      stop();
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Starts the host, which runs until the process is stopped.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Host.run(TomcatHost::start);
  }

  /**
   * Starts a host.
   *
   * @param env the settings
   * @param out where it reports that it is ready
   * @return the running host
   * @throws BadSettingException if a setting is wrong
   */
  public static TomcatHost start(Map<String, String> env, PrintStream out)
      throws BadSettingException {
    return Host.start(env, out, TomcatHost::new);
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
      tomcat.stop();
      tomcat.destroy();
      ExpandWar.delete(folder.toFile());
    } catch (LifecycleException e) {
      throw new IllegalStateException("Tomcat doesn't stop", e);
    }
  }
}
