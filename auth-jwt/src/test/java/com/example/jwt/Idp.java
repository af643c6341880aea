package com.example.jwt;

import com.sun.net.httpserver.HttpExchange;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An issuer on loopback that says where its keys are, and a verifier that discovers them. */
final class Idp implements AutoCloseable {
  static final String METADATA = "/realms/a/.well-known/openid-configuration";

  final KeyServer server = KeyServer.start();
  final SettableClock clock = SettableClock.create();
  final RecordingListener events = new RecordingListener();
  final AuthEnvironment environment =
      AuthEnvironment.standard().withListener(events).withClock(clock);
  final List<String> asked = new CopyOnWriteArrayList<>();
  final SigningKey key = RemoteKeys.key("1");
  final String issuer = url("/realms/a");
  final JwtVerifier verifier = verifier(issuer);

  volatile int status = 200;
  volatile String metadata = metadata(issuer, url("/keys"));
  volatile String keys = set(key);

  Idp() {
    server.answer(this::answer);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    asked.add(path);
    if (path.contains(".well-known")) {
      KeyServer.answer(exchange, status, metadata);
    } else {
      KeyServer.answer(exchange, path.equals("/gone") ? 404 : 200, keys);
    }
  }

  String url(String path) {
    return server.uri().resolve(path).toString();
  }

  static String metadata(String issuer, String keys) {
    return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keys + "\",\"scopes_supported\":[]}";
  }

  static String set(SigningKey... keys) {
    return JwkSet.publicJwkSet(List.of(keys).stream().map(SigningKey::verificationKey).toList());
  }

  RemoteKeySet.Builder builder(String issuer) {
    return RemoteKeySet.discovering(environment, issuer).timeout(Duration.ofSeconds(20));
  }

  JwtVerifier verifier(String issuer) {
    return JwtVerifier.builder(builder(issuer).build())
        .issuer(issuer)
        .audience(Forge.AUDIENCE)
        .build();
  }

  /** A token that outlives the test. */
  String token(SigningKey by, String... changes) {
    String[] all = {"exp", Long.toString(Forge.NOW + 1_000_000)};
    return WiredIssuers.token(by, issuer, JwtSettings.with(all, changes));
  }

  @Override
  public void close() {
    server.stop();
  }
}
