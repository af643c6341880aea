package com.example.servlet;

import com.example.servlet.Container.Running;
import com.example.servlet.Container.Setup;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.ExpandWar;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;

/** Tomcat with HTTP/1.1 and HTTP/2, in cleartext and over TLS. */
final class TomcatHost {
  private TomcatHost() {}

  static Running start(Setup setup) throws Exception {
    Quiet.tomcat();
    Path folder = Files.createTempDirectory("tomcat");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    Connector plain = connector(tomcat, setup, null);
    Connector secure = setup.keyStore() == null ? null : connector(tomcat, setup, setup.keyStore());

    Context context = tomcat.addContext(setup.contextPath(), folder.toString());
    context.addServletContainerInitializer(
        (classes, servletContext) -> setup.initializer().onStartup(servletContext), null);
    setup.errorPages().forEach((status, path) -> context.addErrorPage(page(status, path)));
    tomcat.start();
    AutoCloseable stop =
        () -> {
          tomcat.stop();
          tomcat.destroy();
          ExpandWar.delete(folder.toFile());
        };
    if (context.getState() != LifecycleState.STARTED) {
      stop.close();
      throw new IllegalStateException("The context did not start");
    }
    int tlsPort = secure == null ? -1 : secure.getLocalPort();
    return new Running(plain.getLocalPort(), tlsPort, stop);
  }

  private static Connector connector(Tomcat tomcat, Setup setup, @Nullable Path keyStore)
      throws ReflectiveOperationException {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("continueResponseTiming", "onRead");
    if (setup.virtualThreads()) {
      ((AbstractProtocol<?>) connector.getProtocolHandler())
          .setExecutor(JettyHost.virtualThreads());
    }
    if (keyStore != null) {
      connector.setSecure(true);
      connector.setScheme("https");
      connector.setProperty("SSLEnabled", "true");
      connector.addSslHostConfig(tls(keyStore));
    }
    connector.addUpgradeProtocol(new Http2Protocol());
    tomcat.getService().addConnector(connector);
    return connector;
  }

  private static SSLHostConfig tls(Path keyStore) {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystoreFile(keyStore.toString());
    certificate.setCertificateKeystorePassword(Setup.PASSWORD);
    host.addCertificate(certificate);
    return host;
  }

  private static ErrorPage page(int status, String path) {
    ErrorPage page = new ErrorPage();
    page.setErrorCode(status);
    page.setLocation(path);
    return page;
  }
}
