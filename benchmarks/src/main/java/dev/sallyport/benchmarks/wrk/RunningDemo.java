package dev.sallyport.benchmarks.wrk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The demo in a process of its own, with a user, and what they authenticate with. */
final class RunningDemo implements AutoCloseable {
  private static final String READY = "Sallyport demo is ready at ";
  private static final String USER = "{\"username\":\"alice\",\"password\":\"wonderland of 1865\"}";

  private final Process process;
  private final BufferedReader out;
  private final String address;
  private final HttpClient client = HttpClient.newHttpClient();

  RunningDemo(String threads) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.sallyport.demo.Demo");
    builder.environment().putAll(Map.of("STORE", "memory", "PORT", "0", "THREADS", threads));
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith(READY)) {
      throw new IOException("The demo does not start: " + line);
    }
    address = line.substring(READY.length());
  }

  String address() {
    return address;
  }

  /** A header line for each scheme that is measured, by its name. */
  Map<String, String> logIn() throws IOException, InterruptedException {
    post("/auth/register", USER, "X-Client", "wrk");
    String cookie =
        post("/auth/login", USER, "X-Client", "wrk")
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .split(";")[0];
    String access = member(post("/auth/jwt", USER, "X-Client", "wrk"), "access_token");
    String token = member(post("/auth/tokens", "{}", "Authorization", "Bearer " + access), "token");
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("session", "Cookie: " + cookie);
    lines.put("token", "Authorization: Bearer " + token);
    lines.put("jwt", "Authorization: Bearer " + access);
    return lines;
  }

  private HttpResponse<String> post(String path, String body, String name, String value)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .header(name, value)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(path + " says " + response.statusCode());
    }
    return response;
  }

  private static String member(HttpResponse<String> response, String name) throws IOException {
    JsonNode member = new ObjectMapper().readTree(response.body()).get(name);
    if (member == null) {
      throw new IOException("The answer has no " + name);
    }
    return member.textValue();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    out.close();
  }
}
