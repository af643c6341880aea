package dev.sallyport.benchmarks.hosts.boot;

import dev.sallyport.benchmarks.hosts.BareHost;
import java.io.IOException;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application for anybody. Clients send it credentials all the same. */
@SpringBootApplication
public class Run {
  /** Runs. */
  public static void main(String[] args) throws IOException {
    BootHost.run(Run.class, args, (launch, beans) -> BareHost.credential(launch));
  }
}
