package dev.sallyport.benchmarks.hosts;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** Tomcat with one page at {@code /json}, over HTTP/1.1 and HTTP/2, both with TLS. */
public final class Host {
  /** None ends while it runs, so that what they have allocated can be summed. */
  private static final String THREADS = "16";

  private Host() {}

  /**
   * Starts a host, prints the header field that a client needs, and runs until the process is
   * stopped.
   *
   * @param args those of {@link Launch}
   * @param protecting makes what stands before the page
   */
  public static void run(String[] args, Function<Launch, Protection> protecting)
      throws IOException, LifecycleException {
    Launch launch = Launch.of(args);
    Protection protection = protecting.apply(launch);
    Tomcat tomcat = new Tomcat();
    String folder = Files.createTempDirectory("host").toString();
    tomcat.setBaseDir(folder);
    tomcat.setConnector(connector(launch));
    AnnotationConfigWebApplicationContext beans = new AnnotationConfigWebApplicationContext();
    Context context = tomcat.addContext("", folder);
    context.addServletContainerInitializer(
        (classes, servlets) -> fill(servlets, beans, protection), Set.of());
    tomcat.start();
    if (!context.getState().isAvailable()) {
      throw new IllegalStateException("The host doesn't start");
    }
    Stats.serve(Launch.ADDRESS, launch.port() + 1);
    System.out.println(protection.logIn(beans, context.getManager()));
    tomcat.getServer().await();
  }

  private static Connector connector(Launch launch) {
    Connector connector = new Connector();
    connector.setPort(launch.port());
    connector.setProperty("address", Launch.ADDRESS);
    connector.setProperty("minSpareThreads", THREADS);
    connector.setProperty("maxThreads", THREADS);
    connector.setProperty("maxKeepAliveRequests", "-1"); // a client's connections last
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
    connector.addSslHostConfig(tls(launch.keyStore()));
    connector.setThrowOnFailure(true);
    connector.addUpgradeProtocol(new Http2Protocol());
    return connector;
  }

  private static SSLHostConfig tls(Path keyStore) {
    SSLHostConfig tls = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.EC);
    certificate.setCertificateKeystoreFile(keyStore.toString());
    certificate.setCertificateKeystorePassword(Launch.KEY_STORE_PASSWORD);
    tls.addCertificate(certificate);
    return tls;
  }

  private static void fill(
      ServletContext servlets, AnnotationConfigWebApplicationContext beans, Protection protection) {
    beans.setServletContext(servlets);
    beans.register(Page.Mvc.class, Page.class);
    protection.register(beans);
    beans.refresh();
    protection.protect(servlets, beans);
    ServletRegistration.Dynamic pages = servlets.addServlet("pages", new DispatcherServlet(beans));
    pages.addMapping("/");
    pages.setLoadOnStartup(1);
    pages.setAsyncSupported(true);
  }
}
