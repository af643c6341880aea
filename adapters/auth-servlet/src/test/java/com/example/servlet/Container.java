package com.example.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The servlet containers that all tests run in. */
enum Container {
  JETTY {
    @Override
    Running start(Setup setup) throws Exception {
      return JettyHost.start(setup);
    }
  },
  TOMCAT {
    @Override
    Running start(Setup setup) throws Exception {
      return TomcatHost.start(setup);
    }
  };

  /** Starts one with a context. */
  abstract Running start(Setup setup) throws Exception;

  /** Registers filters and servlets, as an initializer of an application does. */
  @FunctionalInterface
  interface Initializer {
    void onStartup(ServletContext context) throws ServletException;
  }

  /**
   * What a container has.
   *
   * @param contextPath empty for the root
   * @param initializer registers filters and servlets
   * @param errorPages paths by status
   * @param keyStore for a second port, over TLS; null for none
   * @param virtualThreads whether requests run on virtual threads
   */
  record Setup(
      String contextPath,
      Initializer initializer,
      Map<Integer, String> errorPages,
      @Nullable Path keyStore,
      boolean virtualThreads) {
    static Setup of(String contextPath, Initializer initializer) {
      return new Setup(contextPath, initializer, Map.of(), null, false);
    }

    static Setup of(Initializer initializer) {
      return of("", initializer);
    }

    static final String PASSWORD = "for-tests-only";

    Setup withErrorPage(int status, String path) {
      return new Setup(contextPath, initializer, Map.of(status, path), keyStore, virtualThreads);
    }
  }

  /** One that runs; {@code tlsPort} is -1 without TLS. */
  record Running(int port, int tlsPort, AutoCloseable stop) implements AutoCloseable {
    @Override
    public void close() {
      try {
        stop.close();
      } catch (Exception e) {
        throw new IllegalStateException("The container doesn't stop", e);
      }
    }
  }
}
