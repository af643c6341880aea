package com.example.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Requests of all schemes, right and wrong, by turns; Basic's of many users. */
public final class MixedRequests {
  private static final int AT_A_TIME = 32;
  private static final int USERS = 50;
  private static final String BASIC = "Basic";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI uri;
  private final List<String> lines;

  private MixedRequests(URI uri, List<String> lines) {
    this.uri = uri;
    this.lines = lines;
  }

  /** GET / of alice and of users that are inserted here. */
  public static MixedRequests to(EventLoopSite site) throws Exception {
    for (int i = 0; i < USERS; i++) {
      site.insert("user" + i);
    }
    return new MixedRequests(
        URI.create("http://localhost:" + site.port() + "/"),
        List.of(
            site.session(),
            site.token(),
            site.jwt(),
            EventLoopSite.alice(),
            "X-Nobody: 1",
            "Cookie: dev-session=" + "x".repeat(43),
            "Authorization: Bearer unknown",
            site.jwt() + "x",
            BASIC));
  }

  /** {@return how often each status was answered; 0 where there was no answer} */
  public Map<Integer, Integer> send(int requests) throws InterruptedException {
    Semaphore free = new Semaphore(AT_A_TIME);
    Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    for (int i = 0; i < requests; i++) {
      assertThat(free.tryAcquire(60, TimeUnit.SECONDS)).as("an answer to one of them").isTrue();
      var unused =
          client
              .sendAsync(request(i), HttpResponse.BodyHandlers.discarding())
              .whenComplete(
                  (response, thrown) -> {
                    answers.merge(thrown == null ? response.statusCode() : 0, 1, Integer::sum);
                    free.release();
                  });
    }
    assertThat(free.tryAcquire(AT_A_TIME, 60, TimeUnit.SECONDS)).as("all answers").isTrue();
    return answers;
  }

  private HttpRequest request(int i) {
    String line = lines.get(i % lines.size());
    String[] field = (line.equals(BASIC) ? basic(i) : line).split(": ", 2);
    return HttpRequest.newBuilder(uri).header(field[0], field[1]).build();
  }

  /** Wrong now and then: a hundred, with those in flight, would keep the address waiting. */
  private static String basic(int i) {
    return i % 19 == 0
        ? EventLoopSite.basic("nobody" + i, "wrong")
        : EventLoopSite.basic("user" + i % USERS, EventLoopSite.PASSWORD);
  }
}
