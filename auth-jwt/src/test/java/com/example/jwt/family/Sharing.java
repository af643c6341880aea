package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticated;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.KeyFile;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.RecordingListener;
import java.nio.file.Path;
import java.util.List;

/** A node whose keys are in a file that it shares with others. */
final class Sharing {
  final RecordingListener events = new RecordingListener();
  final KeyFile file;
  final JwtKeys keys;
  final RefreshFamilies families;
  final JwtAuthenticator authenticator;
  private final JwtFixture fixture;

  Sharing(JwtFixture fixture, Path path) {
    this(fixture, path, JwsAlgorithm.ES256);
  }

  Sharing(JwtFixture fixture, Path path, JwsAlgorithm algorithm) {
    this.fixture = fixture;
    AuthEnvironment environment =
        AuthEnvironment.standard().withClock(fixture.clock).withListener(events);
    file = KeyFile.openOrCreate(environment, path, algorithm);
    keys = file.keys();
    families =
        RefreshFamilies.of(
            Sallyport.of(environment, fixture.users, fixture.store),
            JwtIssuer.of(JwtFixture.ISSUER, JwtFixture.AUDIENCE, keys.signing()),
            keys.refresh());
    authenticator = JwtAuthenticator.of(families);
  }

  TokenPair start() {
    return JwtFixture.remembered(
        families.start(fixture.alice, fixture.clock.instant(), CLIENT, null).orElseThrow());
  }

  TokenPair next(TokenPair pair) {
    return JwtFixture.remembered(JwtFixture.pair(families.refresh(pair.refreshToken().reveal())));
  }

  boolean takes(TokenPair pair) {
    return authenticator.authenticate(Node.bearer(pair.accessToken().reveal()).build())
        instanceof Authenticated;
  }

  String signer() {
    return keys.signing().current().keyId().orElseThrow();
  }

  /** The details of its events of one type. */
  List<String> heard(String type) {
    return events.events(AuthEvent.SchemeEvent.class).stream()
        .filter(event -> event.type().equals(type))
        .peek(event -> assertThat(event.scheme()).isEqualTo("jwt"))
        .map(event -> event.details().toString())
        .toList();
  }
}
