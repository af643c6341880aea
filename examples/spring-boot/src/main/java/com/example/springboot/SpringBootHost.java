package com.example.springboot;

import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import dev.sallyport.site.Site;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ConfigurableApplicationContext;

/** The site on Spring Boot and Tomcat, which speak HTTP/1.1 and HTTP/2 on one port. */
public final class SpringBootHost implements Host {
  private final Site site;
  private final ConfigurableApplicationContext context;

  private SpringBootHost(Site site) throws IOException, BadSettingException {
    if (site.guard().chain().member(SessionAuthenticator.class).isEmpty()) {
      throw new BadSettingException(
          "CONFIG: auth.chain must have 'session', which the pages of this host need");
    }
    this.site = site;
    SpringApplication application = new SpringApplication(NotesApplication.class);
    application.setRegisterShutdownHook(false);
    application.addInitializers(
        starting -> starting.getBeanFactory().registerSingleton("site", site));
    try {
      context = application.run("--server.address=" + ADDRESS, "--server.port=" + site.port());
    } catch (ApplicationContextException e) {
      if (e.getMostSpecificCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Starts the host, which runs until the process is stopped.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Host.run(SpringBootHost::start);
  }

  /**
   * Starts a host.
   *
   * @param env the settings
   * @param out where it reports that it is ready
   * @return the running host
   * @throws BadSettingException if a setting is wrong
   */
  public static SpringBootHost start(Map<String, String> env, PrintStream out)
      throws BadSettingException {
    return Host.start(env, out, SpringBootHost::new);
  }

  @Override
  public int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @Override
  public void close() {
    try {
      context.close();
    } finally {
      site.close();
    }
  }
}
