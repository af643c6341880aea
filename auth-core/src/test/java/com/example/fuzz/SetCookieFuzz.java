package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.SetCookie;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The writer of cookies. The input is name, value and path, with tabs between them. */
public final class SetCookieFuzz {
  private static final String NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String VALUE = "[!#-+\\--:<-\\[\\]-~]*";
  private static final String PATH = "/[!-:<-~]{0,1023}";

  private static final String MAX_AGE = "(; Max-Age=[0-9]+)?";
  private static final String HTTP_ONLY = "; HttpOnly; SameSite=";

  private SetCookieFuzz() {}

  /** Three cookies, or three refusals. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\t", 3);
    String name = parts[0];
    String value = parts.length > 1 ? parts[1] : "";
    String path = parts.length > 2 ? parts[2] : "/";
    boolean may =
        name.matches(NAME) && value.matches(VALUE) && name.length() + value.length() <= 4096;
    SetCookie host = built(() -> SetCookie.forHost(name, value));
    assertThat(host != null).isEqualTo(may && name.matches("__Host-.+"));
    check(host, "/", "; Secure", "Lax");
    SetCookie here = built(() -> SetCookie.forPath(name, value, path));
    assertThat(here != null).isEqualTo(may && name.matches("__Secure-.+") && path.matches(PATH));
    check(here, "/[!-:<-~]*", "; Secure", "Strict");
    SetCookie insecure = built(() -> SetCookie.insecureForDevelopment(name, value));
    assertThat(insecure != null).isEqualTo(may && !name.startsWith("__"));
    check(insecure, "/", "", "Lax");
  }

  private interface Factory {
    SetCookie make();
  }

  private static SetCookie built(Factory factory) {
    try {
      return factory.make();
    } catch (IllegalArgumentException refused) {
      return null;
    }
  }

  private static void check(SetCookie cookie, String path, String secure, String sameSite) {
    if (cookie == null) {
      return;
    }
    for (SetCookie one :
        new SetCookie[] {cookie, cookie.lasting(Duration.ofDays(1)), cookie.expired()}) {
      assertThat(one.header())
          .matches(NAME + "=" + VALUE + "; Path=" + path + MAX_AGE + secure + HTTP_ONLY + sameSite);
      assertThat(one.header()).startsWith(cookie.name() + "=" + one.value() + "; ");
    }
    AuthRequest request =
        AuthRequest.builder("GET", "/", null, InetAddress.getLoopbackAddress(), true)
            .header("Cookie", "a=b; " + cookie.header().split("; ", 2)[0] + "; c=d")
            .build();
    assertThat(request.cookies(cookie.name())).contains(cookie.value());
  }
}
