package com.example.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.servlet.Container.Running;
import com.example.servlet.Container.Setup;
import dev.sallyport.AuthRequest;
import dev.sallyport.servlet.AuthFilter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What the guard sees of a request:")
class TargetTest {
  private final Site site = new Site();

  private void serve(ServletContext context) {
    Site.serve(
        context,
        "/*",
        (request, response) -> {
          AuthRequest seen = AuthFilter.authRequest(request);
          Site.say(
              response,
              "<"
                  + seen.target()
                  + " at "
                  + seen.authority().orElse("-")
                  + " secure "
                  + seen.isSecure()
                  + ">");
        });
    site.filter.withoutGuard("/*").addTo(context);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AD-1 the target as received, of an absolute-form request line its path and query")
  void target(Container container) throws Exception {
    try (Running running = container.start(Setup.of(this::serve))) {
      Wire wire = Wire.to(running);
      String at = " at " + wire.host() + " secure false>";
      for (String target : new String[] {"/a?b=c", "/%61/../b;x=y?%20", "/"}) {
        assertThat(wire.get(target).body()).contains("<" + target + at);
        assertThat(wire.get("http://" + wire.host() + target).body()).contains("<" + target + at);
      }
      assertThat(wire.get("http://" + wire.host() + "?b=c").body()).contains("</?b=c" + at);
      assertThat(wire.get("http://other.example/a").status()).isEqualTo(400);
      assertThat(wire.get("/a", "Host: A.example").body()).contains("</a at A.example secure");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "GU-5 no client says that it is secure: not by https:// in cleartext, nor by :scheme")
  void claimsToBeSecure(Container container) throws Exception {
    try (Running running = container.start(Setup.of(this::serve))) {
      Wire wire = Wire.to(running);
      assertThat(wire.get("https://" + wire.host() + "/a").body()).contains("secure false>");
      Http2.Answer answer = new Http2(running.port()).get("https", wire.host(), "/a");
      assertThat(answer.body() + answer.status()).matches("(?s)(.*secure false>200)|0|400");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AD-1 over HTTP/2 the authority is :authority, and a Host that differs is 400")
  void authority(Container container) throws Exception {
    try (Running running =
        container.start(
            Setup.of(
                context -> {
                  serve(context);
                  Site.serve(context, "/guarded", Site::whoAmI);
                }))) {
      Http2 http2 = new Http2(running.port());
      String own = "127.0.0.1:" + running.port();
      assertThat(http2.get("http", own, "/a?b=c").body())
          .contains("</a?b=c at " + own + " secure false>");
      assertThat(http2.get("http", "a.example", "/").body()).contains("</ at a.example secure");
      assertThat(http2.get("http", "a.example", "/", "host: a.example").body())
          .contains("</ at a.example secure");
      assertThat(http2.get("http", "a.example:80", "/", "host: a.example:80").body())
          .containsPattern("</ at a.example(:80)? secure");
      assertThat(http2.get("http", "[::1]:8080", "/").body()).contains("</ at [::1]:8080 secure");
      assertThat(http2.get("http", own, "/guarded", Site.ALICE).body())
          .contains(Site.ALICE_BY_BASIC);
      for (String[] pair : new String[][] {{own, "other.example"}, {"other.example", own}}) {
        Http2.Answer answer =
            http2.get("http", pair[0], "/guarded", "host: " + pair[1], Site.ALICE);
        assertThat(answer.status()).as(pair[0] + " and " + pair[1]).isIn(0, 400);
        assertThat(answer.body()).doesNotContain("alice");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AD-4 an address that is no literal one is nobody's, and is not looked up")
  void peer(Container container) throws Exception {
    for (String address : new String[] {"evil.example", "localhost", "", null}) {
      try (Running running =
          container.start(
              Setup.of(
                  context -> {
                    addPeer(context, address);
                    Site.serve(
                        context,
                        "/peer",
                        (request, response) ->
                            Site.say(
                                response,
                                AuthFilter.authRequest(request).clientAddress().getHostAddress()));
                    AuthFilter.of(site.guard).withoutGuard("/peer").addTo(context);
                  }))) {
        assertThat(Wire.to(running).get("/peer").body()).as("%s", address).contains("0.0.0.0");
      }
    }
  }

  /** As a Unix domain socket has none, or a filter in front may get it wrong. */
  private static void addPeer(ServletContext context, @Nullable String address) {
    context
        .addFilter(
            "peer",
            (request, response, chain) ->
                chain.doFilter(
                    new HttpServletRequestWrapper((HttpServletRequest) request) {
                      @Override
                      public @Nullable String getRemoteAddr() {
                        return address;
                      }
                    },
                    response))
        .addMappingForUrlPatterns(null, false, "/*");
  }
}
