package com.example.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.testkit.TestRequest;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionIdTest {
  /** Counts up, so that it is seen which of its bytes went where. */
  private static final class Counting extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private byte next;

    @Override
    public void nextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = next++;
      }
    }
  }

  @Test
  @DisplayName("SE-1, row 47 an id is 256 bits of the injected source, and another 96 are public")
  void source() {
    Counting counting = new Counting();
    SessionFixture foreseen = new SessionFixture(environment -> environment.withRandom(counting));
    counting.next = 0; // a key for digests of passwords came first
    Started session = foreseen.start();
    byte[] secret = Base64.getUrlDecoder().decode(session.cookie().value());
    byte[] id = Base64.getUrlDecoder().decode(session.record().id());
    assertThat(secret).hasSize(32).startsWith(0, 1, 2).endsWith(29, 30, 31);
    assertThat(id).hasSize(12).startsWith(32, 33).endsWith(42, 43);
  }

  @Test
  @DisplayName("SE-7 neither the public id nor the token has anything of the secret or its hash")
  void apart() {
    SessionFixture fixture = new SessionFixture();
    for (int i = 0; i < 100; i++) {
      Started session = fixture.start();
      TokenRecord record = session.record();
      for (String shown : new String[] {record.id(), session.csrfToken().reveal()}) {
        String begin = shown.substring(0, 8);
        String end = shown.substring(shown.length() - 8);
        assertThat(session.cookie().value()).doesNotContain(begin).doesNotContain(end);
        assertThat(record.key().text()).doesNotContain(begin).doesNotContain(end);
      }
    }
  }

  @Test
  @DisplayName("SE-8 for a malformed cookie there is no token, and nothing to move or to change")
  void malformed() {
    SessionFixture fixture = new SessionFixture();
    Authenticated who = fixture.who(fixture.start());
    fixture.tokens.forget();
    for (String value : new String[] {"", "x", "A".repeat(44), "A".repeat(42) + "B"}) {
      AuthRequest request = TestRequest.get("/").cookie(SessionFixture.COOKIE, value).build();
      assertThat(fixture.sessions.csrfToken(request)).isEmpty();
      assertThat(fixture.sessions.renew(request, who, fixture.alice)).isEmpty();
      assertThat(fixture.sessions.rotate(request)).isEmpty();
      assertThat(fixture.sessions.updateAttributes(request, a -> a)).isFalse();
    }
    assertThat(fixture.tokens.calls()).isEmpty();
  }
}
