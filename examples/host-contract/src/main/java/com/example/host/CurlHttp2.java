package com.example.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLSession;

/** The JDK's client can't speak HTTP/2 in cleartext without asking in HTTP/1.1 first. */
final class CurlHttp2 implements Transport {
  @Override
  public boolean isPresent() {
    try {
      Process curl = new ProcessBuilder("curl", "--version").redirectErrorStream(true).start();
      return new String(curl.getInputStream().readAllBytes(), UTF_8).contains("HTTP2");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public HttpResponse<String> send(URI uri, String method, byte[] body, String... headers)
      throws IOException, InterruptedException {
    Process curl = new ProcessBuilder(command(uri, method, body, headers)).start();
    try {
      try (OutputStream in = curl.getOutputStream()) {
        in.write(body);
      } catch (IOException e) {
        // It has stopped reading, since it has the answer or has failed.
      }
      String out = new String(curl.getInputStream().readAllBytes(), UTF_8);
      String errors = new String(curl.getErrorStream().readAllBytes(), UTF_8);
      if (curl.waitFor() != 0 || !out.startsWith("HTTP/2 ")) {
        throw new IOException("No answer in HTTP/2: " + errors + out);
      }
      return Response.of(uri, out);
    } finally {
      curl.destroyForcibly();
    }
  }

  private static List<String> command(URI uri, String method, byte[] body, String... headers) {
    List<String> command = new ArrayList<>();
    // First, so that curl reads no configuration of the user's.
    command.addAll(List.of("curl", "--disable", "--http2-prior-knowledge"));
    command.addAll(List.of("--silent", "--show-error", "--include", "--path-as-is"));
    command.addAll(List.of("--noproxy", "*", "--max-time", "60"));
    command.addAll(method.equals("HEAD") ? List.of("--head") : List.of("--request", method));
    if (body.length > 0) {
      command.addAll(List.of("--data-binary", "@-"));
    }
    for (int i = 0; i < headers.length; i += 2) {
      command.addAll(List.of("--header", headers[i] + ": " + headers[i + 1]));
    }
    command.add(uri.toString());
    return command;
  }

  private record Response(URI uri, int statusCode, HttpHeaders headers, String body)
      implements HttpResponse<String> {
    static Response of(URI uri, String text) {
      int end = text.indexOf("\r\n\r\n");
      List<String> lines = text.substring(0, end).lines().toList();
      Map<String, List<String>> fields = new TreeMap<>();
      for (String line : lines.subList(1, lines.size())) {
        int colon = line.indexOf(':');
        fields
            .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
      int status = Integer.parseInt(lines.get(0).substring("HTTP/2 ".length()).strip());
      return new Response(
          uri, status, HttpHeaders.of(fields, (name, value) -> true), text.substring(end + 4));
    }

    @Override
    public HttpRequest request() {
      return HttpRequest.newBuilder(uri).build();
    }

    @Override
    public Optional<HttpResponse<String>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_2;
    }
  }
}
