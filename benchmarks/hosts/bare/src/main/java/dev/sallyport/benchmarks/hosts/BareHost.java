package dev.sallyport.benchmarks.hosts;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The host without anything before the page. Its clients send as much as those of the others. */
public final class BareHost {
  private BareHost() {}

  /** Runs. */
  public static void main(String[] args) throws Exception {
    Host.run(args, launch -> (beans, sessions) -> credential(launch));
  }

  /** A header field as long as that of a client of another host. */
  public static String credential(Launch launch) {
    return switch (launch.scheme()) {
      case SESSION ->
          People.cookie("JSESSIONID", HexFormat.of().withUpperCase().formatHex(random(16)));
      case TOKEN ->
          People.bearer(Base64.getUrlEncoder().withoutPadding().encodeToString(random(32)));
      case JWT_HS256, JWT_RS256 -> People.bearer(launch.jwt().text());
      case BASIC -> People.basic();
    };
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
