package dev.sallyport.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;

/**
 * What Boot would do with {@code X-Forwarded-*}. It believes whoever sends them, or whoever is in a
 * private network; the guard believes the proxies that are named, and must see the request as it
 * came.
 */
final class ForwardedHeaders {
  private static final String STRATEGY = "server.forward-headers-strategy";
  private static final String INSTEAD =
      "; set " + STRATEGY + "=none, and name the proxies in auth.trusted-proxies";

  /** In which trusted proxies report. */
  static final List<String> FIELDS = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto");

  private ForwardedHeaders() {}

  static List<String> faults(Environment environment) {
    List<String> faults = new ArrayList<>();
    String strategy = environment.getProperty(STRATEGY);
    CloudPlatform platform = CloudPlatform.getActive(environment);
    if (strategy == null && platform != null && platform.isUsingForwardHeaders()) {
      faults.add(
          "%s: it is not set, and on %s Boot then believes X-Forwarded-* itself"
                  .formatted(STRATEGY, platform)
              + INSTEAD);
    } else if (strategy != null && !strategy.strip().toLowerCase(Locale.ROOT).equals("none")) {
      faults.add(
          STRATEGY + ": with any value but 'none', Boot believes X-Forwarded-* itself" + INSTEAD);
    }
    for (String header : List.of("remote-ip-header", "protocol-header")) {
      String key = "server.tomcat.remoteip." + header;
      if (!environment.getProperty(key, "").isBlank()) {
        faults.add(key + ": Tomcat then believes this field itself; leave it out" + INSTEAD);
      }
    }
    return faults;
  }
}
