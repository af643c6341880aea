package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.Lifetime;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult.Issued;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IntrospectTest {
  private final TokenFixture fixture = new TokenFixture();

  @Test
  @DisplayName("TK-4 a look at a token is a use: a sliding one lives on")
  void counts() {
    Lifetime sliding = Lifetime.sliding(Duration.ofDays(2), Duration.ofDays(30));
    Issued issued = fixture.issue(NewToken.standard().lifetime(sliding));
    for (int day = 0; day < 10; day++) {
      fixture.clock.advance(Duration.ofDays(1));
      assertThat(fixture.tokens.introspect(issued.token().reveal())).isPresent();
    }
  }

  @Test
  @DisplayName("CH-6, EV-1 an outage comes through, and is told")
  void outage() {
    Issued issued = fixture.issue();
    fixture.watched.down("find+user");
    assertThatThrownBy(() -> fixture.tokens.introspect(issued.token().reveal()))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(fixture.events.events(AuthEvent.StoreOutage.class))
        .singleElement()
        .satisfies(event -> assertThat(event.during()).isEqualTo("introspect"));
  }
}
