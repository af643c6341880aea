package dev.sallyport.spring;

import dev.sallyport.redis.RedisUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.core.env.Environment;

/** The one server that {@code spring.data.redis.*} names. */
final class DataRedis {
  static final String PREFIX = "spring.data.redis.";

  private DataRedis() {}

  static RedisUrl url(Environment environment) {
    boolean tls = environment.getProperty(PREFIX + "ssl.enabled", Boolean.class, false);
    return RedisUrl.of(
        (tls ? "rediss://" : "redis://")
            + userInfo(environment)
            + host(environment.getRequiredProperty(PREFIX + "host"))
            + ":"
            + environment.getProperty(PREFIX + "port", "6379")
            + "/"
            + environment.getProperty(PREFIX + "database", "0"));
  }

  private static String userInfo(Environment environment) {
    String password = environment.getProperty(PREFIX + "password", "");
    return password.isEmpty()
        ? ""
        : encoded(environment.getProperty(PREFIX + "username", "")) + ":" + encoded(password) + "@";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String host(String name) {
    return name.indexOf(':') < 0 || name.startsWith("[") ? name : "[" + name + "]";
  }
}
