package com.example.servlet;

import com.example.servlet.Container.Running;
import com.example.servlet.Container.Setup;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with HTTP/1.1 and HTTP/2, in cleartext and over TLS. */
final class JettyHost {
  private JettyHost() {}

  static Running start(Setup setup) throws Exception {
    Quiet.jetty();
    QueuedThreadPool threads = new QueuedThreadPool();
    if (setup.virtualThreads()) {
      threads.setVirtualThreadsExecutor(virtualThreads());
    }
    Server server = new Server(threads);
    ServerConnector plain =
        new ServerConnector(
            server,
            new HttpConnectionFactory(),
            new HTTP2CServerConnectionFactory(new HttpConfiguration()));
    plain.setHost("127.0.0.1");
    server.addConnector(plain);
    ServerConnector secure = setup.keyStore() == null ? null : secure(server, setup.keyStore());

    String path = setup.contextPath();
    ServletContextHandler context = new ServletContextHandler(path.isEmpty() ? "/" : path);
    context.addServletContainerInitializer(
        (classes, servletContext) -> setup.initializer().onStartup(servletContext));
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    setup.errorPages().forEach(errors::addErrorPage);
    context.setErrorHandler(errors);
    server.setHandler(context);
    try {
      server.start();
    } catch (Exception e) {
      server.stop();
      throw e;
    }
    int tlsPort = secure == null ? -1 : secure.getLocalPort();
    return new Running(plain.getLocalPort(), tlsPort, server::stop);
  }

  private static ServerConnector secure(Server server, Path keyStore) {
    SslContextFactory.Server keys = new SslContextFactory.Server();
    keys.setKeyStorePath(keyStore.toString());
    keys.setKeyStorePassword(Setup.PASSWORD);
    HttpConfiguration https = new HttpConfiguration();
    https.addCustomizer(new SecureRequestCustomizer());
    HttpConnectionFactory http1 = new HttpConnectionFactory(https);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    ServerConnector secure =
        new ServerConnector(
            server,
            new SslConnectionFactory(keys, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(https),
            http1);
    secure.setHost("127.0.0.1");
    server.addConnector(secure);
    return secure;
  }

  /** By reflection, since the oldest JDK has none. */
  static Executor virtualThreads() throws ReflectiveOperationException {
    return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }
}
