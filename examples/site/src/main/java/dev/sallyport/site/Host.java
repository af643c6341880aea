package dev.sallyport.site;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * A server that runs a {@link Site}: what the examples differ in.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   Host.run(JettyHost::start);
 * }
 *
 * public static Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
 *   return Host.start(env, out, JettyHost::listen);
 * }
 * }</pre>
 */
public interface Host extends AutoCloseable {
  /** The one address that hosts listen on. */
  String ADDRESS = "127.0.0.1";

  /** {@return the port that it listens on} */
  int port();

  /** Accepts no more requests, gives running ones a second to finish, and closes the site. */
  @Override
  void close();

  /** Starts a host from settings, as {@link Host#start} does. */
  @FunctionalInterface
  interface Start {
    /**
     * Starts a host.
     *
     * @param env the settings
     * @param out where it reports that it is ready
     * @return the running host
     * @throws BadSettingException if a setting is wrong
     */
    Host from(Map<String, String> env, PrintStream out) throws BadSettingException;
  }

  /**
   * Lets a server serve a site.
   *
   * @param <H> the host
   */
  @FunctionalInterface
  interface Listen<H extends Host> {
    /**
     * Starts a server at {@link Host#ADDRESS} and {@link Site#port()}.
     *
     * @param site what it serves, and closes at its end
     * @return the running host
     * @throws IOException if it can't listen there; the message says why
     * @throws BadSettingException if a setting of the host's own is wrong
     */
    H to(Site site) throws IOException, BadSettingException;
  }

  /**
   * Starts a host, which runs until it is closed, and prints what to try.
   *
   * @param <H> the host
   * @param env the settings that {@link Site} describes
   * @param out where it reports that it is ready
   * @param listen starts the server
   * @return the running host
   * @throws BadSettingException if a setting is wrong
   */
  static <H extends Host> H start(Map<String, String> env, PrintStream out, Listen<H> listen)
      throws BadSettingException {
    return start(Site.open(env, out), listen);
  }

  /**
   * As {@link #start(Map, PrintStream, Listen)}, with somebody who watches.
   *
   * @param <H> the host
   * @param env the settings that {@link Site} describes
   * @param out where it reports that it is ready
   * @param observer watches how the site decides
   * @param listen starts the server
   * @return the running host
   * @throws BadSettingException if a setting is wrong
   */
  static <H extends Host> H start(
      Map<String, String> env, PrintStream out, Observer observer, Listen<H> listen)
      throws BadSettingException {
    return start(Site.open(env, out, Optional.of(observer)), listen);
  }

  private static <H extends Host> H start(Site site, Listen<H> listen) throws BadSettingException {
    try {
      H host = listen.to(site);
      site.welcome(host.port());
      return host;
    } catch (IOException e) {
      site.close();
      throw new BadSettingException(
          "PORT: can't listen on " + ADDRESS + ":" + site.port() + " (" + e.getMessage() + ")");
    } catch (BadSettingException | RuntimeException e) {
      site.close();
      throw e;
    }
  }

  /**
   * Runs a host until the process is stopped; for {@code main}. A wrong setting is one line on the
   * standard error stream, and ends the process with 1.
   *
   * @param start starts the host
   */
  static void run(Start start) {
    try {
      Host host = start.from(System.getenv(), System.out);
      Runtime.getRuntime().addShutdownHook(new Thread(host::close, "stop"));
    } catch (BadSettingException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
