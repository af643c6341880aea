package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.eventloop.Connection;
import com.example.eventloop.NotedResponse;
import com.example.eventloop.SiteOptions;
import com.example.eventloop.WaitingContract;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that wait, and those that need not. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WaitingTest implements WaitingContract {
  @Override
  public Site start(SiteOptions options) throws Exception {
    return new Site(options, WaitingTest::routes);
  }

  private static void routes(Site site, Router router) {
    router
        .route()
        .handler(
            ctx -> {
              site.note(noted(ctx.response()));
              ctx.next();
            });
    router
        .route()
        .handler(site.auth)
        .handler(ctx -> ctx.response().end("hello " + AuthHandler.who(ctx).orElseThrow().scheme()));
  }

  private static NotedResponse noted(HttpServerResponse response) {
    return new NotedResponse(() -> response.headWritten() || response.ended(), response::closed);
  }

  @Test
  @DisplayName("AD-9, PW-4 over HTTP/2, who resets a waiting stream gives the place back as well")
  void resets() throws Exception {
    try (Site site = start(SiteOptions.standard().turns(1));
        Connection first = site.connect()) {
      site.hasher().hold();
      first.send(Connection.head("GET", "/", Site.basic("nobody", "wrong")));
      site.hasher().awaitBegun(1);
      HttpClient client = site.http2Client();
      List<HttpClientRequest> going = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        HttpClientRequest request =
            Site.get(client.request(HttpMethod.GET, site.port(), "localhost", "/"));
        String line = Site.basic("n" + i, "wrong");
        request.putHeader("Authorization", line.substring(line.indexOf(' ') + 1)).end();
        going.add(request);
      }
      site.awaitLanes("hash=9/");
      going.forEach(HttpClientRequest::reset);
      site.awaitLanes("hash=1/");
      site.hasher().release();
      assertThat(first.answer().status()).isEqualTo(401);
      HttpClientRequest last =
          Site.get(client.request(HttpMethod.GET, site.port(), "localhost", "/"));
      String line = Site.alice();
      last.putHeader("Authorization", line.substring(line.indexOf(' ') + 1));
      assertThat(Site.get(last.send()).statusCode()).as("on the same connection").isEqualTo(200);
    }
  }

  @Test
  @DisplayName("RFC 9112 section 9.3.2: of two pipelined requests, the second waits for the first")
  void pipelined() throws Exception {
    try (Site site = start(SiteOptions.standard().turns(1));
        Connection connection = site.connect()) {
      String session = site.session();
      site.hasher().hold();
      site.forgetResponses();
      connection.send(
          Connection.head("GET", "/", Site.basic("nobody", "wrong"))
              + Connection.head("GET", "/", session)
              + Connection.head("GET", "/", Site.alice()));
      site.hasher().awaitBegun(1);
      try (Connection other = site.connect()) {
        assertThat(other.ask("GET", "/", session).status()).isEqualTo(200);
      }
      assertThat(site.responses()).hasSize(2);
      assertThat(connection.isSilent()).isTrue();
      site.hasher().release();
      assertThat(connection.answer().status()).isEqualTo(401);
      assertThat(connection.answer().body()).isEqualTo("hello session");
      assertThat(connection.answer().body()).isEqualTo("hello basic");
    }
  }
}
