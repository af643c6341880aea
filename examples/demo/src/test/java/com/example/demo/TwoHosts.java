package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.testkit.Race;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Two demos that share a store and a file of keys. */
record TwoHosts(RunningDemo one, RunningDemo other, Path keys) implements AutoCloseable {
  /** How many sessions a user may have. */
  static final int SESSIONS = 5;

  /** A request by its number. */
  interface Numbered<T> {
    T ask(int number) throws Exception;
  }

  static TwoHosts start(String store, Path folder) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("demo.properties"),
            String.join(
                "\n",
                "auth.passwords.cost = 10",
                "auth.passwords.max-wait = 30",
                "auth.session.max-per-user = " + SESSIONS));
    Path keys = folder.resolve("keys.jwks");
    Map<String, String> env =
        Map.of("STORE", store, "KEYS", keys.toString(), "CONFIG", config.toString());
    return new TwoHosts(RunningDemo.start(env), RunningDemo.start(env), keys);
  }

  /** Odd and even requests go to different hosts. */
  RunningDemo host(int request) {
    return request % 2 == 0 ? one : other;
  }

  static <T> List<T> race(int requests, Numbered<T> work) {
    return Race.of(
        IntStream.range(0, requests).<Callable<T>>mapToObj(i -> () -> work.ask(i)).toList());
  }

  static int sessions(RunningDemo host, String header, String value) throws Exception {
    HttpResponse<String> list = host.get("/auth/sessions", header, value);
    assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
    return new ObjectMapper().readTree(list.body()).get("sessions").size();
  }

  @Override
  public void close() {
    one.close();
    other.close();
  }
}
