package dev.sallyport.benchmarks.hosts.boot;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.benchmarks.hosts.Launch;
import dev.sallyport.benchmarks.hosts.Stats;
import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Starts an application as {@link dev.sallyport.benchmarks.hosts.Host} starts the others. */
public final class BootHost {
  private static final String ADDRESS = "127.0.0.1";

  private BootHost() {}

  /** Logs all users in. */
  public interface Login {
    /**
     * Logs them in.
     *
     * @param launch how the host was started
     * @param beans those of the application
     * @return the header field with which one of them gets the page, as a client sends it
     */
    String logIn(Launch launch, ServletWebServerApplicationContext beans);
  }

  /**
   * Starts an application, which runs until the process is stopped, and prints the header field.
   *
   * @param application its class
   * @param args those of {@link Launch}
   * @param login logs in what it has as users
   */
  public static void run(Class<?> application, String[] args, Login login) throws IOException {
    Launch launch = Launch.of(args);
    HttpServer aside = Stats.serve(ADDRESS, launch.port() + 1);
    byte[] keys = KeySet.of(launch.folder());
    aside.createContext(
        "/keys",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
          }
        });
    SpringApplication starting = new SpringApplication(application);
    ServletWebServerApplicationContext beans =
        (ServletWebServerApplicationContext)
            starting.run(
                "--server.address=" + ADDRESS,
                "--server.port=" + launch.port(),
                "--server.ssl.key-store=" + launch.keyStore(),
                "--server.ssl.key-store-password=" + Launch.KEY_STORE_PASSWORD,
                "--server.http2.enabled=true",
                "--server.tomcat.threads.max=16",
                "--server.tomcat.threads.min-spare=16",
                "--server.tomcat.max-keep-alive-requests=-1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=off",
                "--issuer.keys=http://" + ADDRESS + ":" + (launch.port() + 1) + "/keys");
    System.out.println(login.logIn(launch, beans));
  }
}
