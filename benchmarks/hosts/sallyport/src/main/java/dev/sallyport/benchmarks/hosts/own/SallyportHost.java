package dev.sallyport.benchmarks.hosts.own;

import dev.sallyport.benchmarks.hosts.Host;
import dev.sallyport.benchmarks.hosts.Launch;
import dev.sallyport.benchmarks.hosts.Protection;
import dev.sallyport.servlet.AuthFilter;
import jakarta.servlet.ServletContext;
import org.apache.catalina.Manager;
import org.springframework.web.context.WebApplicationContext;

/** The host behind the servlet filter, for {@link OwnPeople}. */
public final class SallyportHost implements Protection {
  private final OwnPeople people;

  private SallyportHost(Launch launch) {
    people = new OwnPeople(launch);
  }

  /** Runs. */
  public static void main(String[] args) throws Exception {
    Host.run(args, SallyportHost::new);
  }

  @Override
  public void protect(ServletContext servlets, WebApplicationContext beans) {
    AuthFilter.of(people.guard()).addTo(servlets);
  }

  @Override
  public String logIn(WebApplicationContext beans, Manager sessions) {
    return people.logIn();
  }
}
