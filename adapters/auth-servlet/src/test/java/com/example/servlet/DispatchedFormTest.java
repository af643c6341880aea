package com.example.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.servlet.Container.Initializer;
import com.example.servlet.Container.Running;
import com.example.servlet.Container.Setup;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("AD-2 A form at which the guard has looked for csrf_token, and what becomes of it:")
class DispatchedFormTest {
  private final Site site = new Site();

  private static String parameters(HttpServletRequest request) {
    Map<String, String> all = new TreeMap<>();
    request.getParameterMap().forEach((name, values) -> all.put(name, String.join("+", values)));
    all.remove("csrf_token");
    return all + request.getParameter("a");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the parameters of a forward or an include come first, and for that alone")
  void dispatched(Container container) throws Exception {
    site.run(
        container,
        context -> {
          Site.serve(
              context,
              "/inner",
              (request, response) -> response.getWriter().print(parameters(request)));
          Site.serve(
              context,
              "/forward",
              (request, response) -> {
                request.getParameter("a");
                request.getRequestDispatcher("/inner?a=own&b=own").forward(request, response);
              });
          Site.serve(
              context,
              "/include",
              (request, response) -> {
                request.getRequestDispatcher("/inner?a=own&b=own").include(request, response);
                response.getWriter().print(" then " + parameters(request));
              });
        },
        wire -> {
          String inner = "{a=own+query+posted, b=own, c=d}own";
          assertThat(FormTest.post(wire, "/forward?a=query", "&a=posted&c=d").body())
              .contains(inner);
          assertThat(FormTest.post(wire, "/include?a=query", "&a=posted&c=d").body())
              .contains(inner + " then {a=query+posted, c=d}query");
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an error page gets its parameters as well, whether or not the servlet did")
  void errorPage(Container container) throws Exception {
    Initializer all =
        context -> {
          Site.serve(
              context,
              "/error",
              (request, response) -> response.getWriter().print(parameters(request)));
          Site.serve(
              context,
              "/read",
              (request, response) -> {
                request.getParameterMap();
                response.sendError(410);
              });
          Site.serve(context, "/unread", (request, response) -> response.sendError(410));
          site.filter.addTo(context);
        };
    try (Running running = container.start(Setup.of(all).withErrorPage(410, "/error"))) {
      Wire wire = Wire.to(running);
      for (String target : new String[] {"/read", "/unread"}) {
        Wire.Answer answer = FormTest.post(wire, target, "&a=posted");
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.body()).as(target).contains("{a=posted}posted");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("of more than 2 MiB, it has no parameters: that is 413, if the servlet doesn't care")
  void tooLarge(Container container) throws Exception {
    site.run(
        container,
        context -> {
          Site.serve(
              context, "/form", (request, response) -> Site.say(response, parameters(request)));
          Site.serve(
              context,
              "/wrapped",
              (request, response) -> {
                try {
                  parameters(request);
                } catch (IllegalStateException e) {
                  throw new ServletException(e);
                }
              });
        },
        wire -> {
          for (String target : new String[] {"/form", "/wrapped"}) {
            Wire.Answer answer = FormTest.post(wire, target, "&a=" + "x".repeat(3_000_000));
            assertThat(answer.status()).as(target).isEqualTo(413);
            assertThat(answer.body()).contains("content_too_large").doesNotContain("xxx");
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AD-6 one that breaks off behind 16 KiB is the client's fault, and no one's else")
  void breaksOff(Container container) throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    site.run(
        container,
        context -> {
          context
              .addFilter(
                  "outer",
                  (request, response, chain) -> {
                    try {
                      chain.doFilter(request, response);
                    } catch (IOException | ServletException | RuntimeException e) {
                      thrown.set(e);
                      throw e;
                    }
                  })
              .addMappingForUrlPatterns(null, false, "/*");
          Site.serve(
              context, "/form", (request, response) -> Site.say(response, parameters(request)));
        },
        wire -> {
          String cookie = Site.session(wire);
          String body = "csrf_token=" + FormTest.token(wire, cookie) + "&a=" + "x".repeat(20_000);
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), wire.port())) {
            socket.setSoTimeout(30_000);
            String head =
                "POST /form HTTP/1.1\r\nHost: %s\r\n%s\r\nContent-Length: 100000\r\n%s\r\n\r\n"
                    .formatted(
                        wire.host(), cookie, "Content-Type: application/x-www-form-urlencoded");
            socket.getOutputStream().write((head + body).getBytes(ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
          }
          assertThat(thrown.get()).isInstanceOf(IOException.class);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("where a servlet without a guard has read it, the guard finds no csrf_token: 403")
  void readBefore(Container container) throws Exception {
    for (String how : new String[] {"reader", "stream", "parameters"}) {
      Site.run(
          container,
          site.filter.withoutGuard("/open"),
          context -> {
            Site.serve(context, "/form", Site::whoAmI);
            Site.serve(
                context,
                "/open",
                (request, response) -> {
                  switch (how) {
                    case "reader" -> request.getReader().read();
                    case "stream" -> request.getInputStream().read();
                    default -> request.getParameterMap();
                  }
                  request.getRequestDispatcher("/form").forward(request, response);
                });
          },
          wire -> {
            Wire.Answer answer = FormTest.post(wire, "/open", "");
            assertThat(answer.status()).as(how).isEqualTo(403);
            assertThat(answer.body()).contains("\"code\":\"csrf\"");
          });
    }
  }
}
