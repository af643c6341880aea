package com.example.token;

import static com.example.token.TokenFixture.cookie;
import static com.example.token.TokenFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.ChainTrace;
import dev.sallyport.event.AuthListener;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoSecretTest {
  private static TokenFixture fixture(boolean inCookie) {
    return new TokenFixture(b -> inCookie ? b.inCookie() : b);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("PW-6, TK-1 no token and no digest in an event, a trace, a toString or the log")
  void nowhere(boolean inCookie) {
    TokenFixture fixture = fixture(inCookie);
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard()
                .withListener(AuthListener.all(AuthListener.slf4j(), fixture.events)),
            fixture.authenticator);
    Issued issued = fixture.issue(NewToken.labelled("ci"));
    Secrets.remember(issued.record().key().text());
    String damaged = issued.token().reveal().substring(1);
    List<Object> shown = new ArrayList<>();
    for (TestRequest request :
        List.of(
            get(issued.token().reveal()),
            get(issued.token().reveal()).insecure(),
            get(issued.token().reveal() + "x"),
            get(damaged),
            cookie(issued.token().reveal()),
            cookie(issued.token().reveal()).cookie(TokenFixture.COOKIE, issued.token().reveal()),
            TestRequest.post("/").cookie(TokenFixture.COOKIE, issued.token().reveal()),
            TestRequest.get("/?token=" + issued.token().reveal()))) {
      ChainTrace trace = chain.trace(request.build());
      shown.addAll(List.of(request.build(), trace, trace.result(), trace.steps()));
      shown.add(fixture.authenticator.planLogout(request.build()));
    }
    fixture.tokens.revoke(fixture.alice.id(), issued.record().id());
    shown.add(chain.trace(get(issued.token().reveal()).build()).result());
    shown.addAll(fixture.events.events());
    issued.cookie().ifPresent(shown::add);
    shown.addAll(
        List.of(
            issued,
            issued.record(),
            fixture.tokens,
            fixture.authenticator,
            fixture.tokens.list(fixture.alice.id()),
            Tokens.builder(Sallyport.of(fixture.users, fixture.watched)),
            TokenAuthenticator.builder(fixture.tokens)));
    for (Object object : shown) {
      assertThat(Secrets.findAll(object.toString())).as("%s", object.getClass()).isEmpty();
    }
    assertThat(issued.toString()).isEqualTo("Issued[" + issued.record().id() + "]");
  }

  @Test
  @DisplayName("TK-1, TK-2 the store has the SHA-256 only: nothing of a dump is a token")
  void dump() throws Exception {
    TokenFixture fixture = fixture(false);
    Issued issued = fixture.issue(NewToken.labelled("ci").scopes("read"));
    TokenRecord kept = fixture.records().get(0);
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(issued.token().reveal().getBytes(StandardCharsets.US_ASCII));
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    assertThat(kept.key().text()).isEqualTo(text);
    assertThat(kept.key()).isEqualTo(SecretDigest.of(issued.token().reveal()));
    for (String part :
        List.of(
            kept.id(),
            kept.key().text(),
            "label " + kept.label(),
            "client " + kept.client(),
            kept.userId(),
            kept.attributes().toString(),
            kept.scopes().toString())) {
      assertThat(issued.token().reveal()).doesNotContain(part);
      assertThat(Secrets.contains(part, issued.token().reveal())).isFalse();
      assertThat(
              fixture.authenticator.authenticate(
                  TestRequest.get("/").header("Authorization", "Token " + part).build()))
          .isNotInstanceOf(Authenticated.class);
    }
    assertThat(kept.rotation()).isEmpty();
  }

  @Test
  @DisplayName(
      "TK-1 the token is told by its making alone: public ids and lists tell nothing of it")
  void once() {
    TokenFixture fixture = fixture(false);
    Issued issued = fixture.issue();
    assertThat(issued.record().id()).matches("[A-Za-z0-9_-]{16}");
    assertThat(issued.record().key().text()).doesNotContain(issued.record().id());
    assertThat(fixture.tokens.list(fixture.alice.id()))
        .extracting(TokenRecord::id)
        .containsExactly(issued.record().id());
    assertThat(fixture.tokens.introspect(issued.token().reveal()).orElseThrow().id())
        .isEqualTo(issued.record().id());
    assertThat(fixture.tokens.introspect(issued.record().id())).isEmpty();
  }
}
