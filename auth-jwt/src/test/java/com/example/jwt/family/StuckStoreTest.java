package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.AdditionalAnswers;
import org.mockito.Mockito;

class StuckStoreTest {
  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisplayName("ST-6 a store whose swaps never succeed is an outage, and holds no thread for ever")
  void swapsNeverSucceed() {
    JwtFixture fixture = new JwtFixture();
    TokenPair pair = fixture.start();
    TokenStore stuck = Mockito.mock(TokenStore.class, AdditionalAnswers.delegatesTo(fixture.store));
    Mockito.doReturn(false).when(stuck).replace(Mockito.any(), Mockito.any(), Mockito.any());
    RefreshFamilies families =
        RefreshFamilies.builder(
                Sallyport.of(
                    AuthEnvironment.standard()
                        .withClock(fixture.clock)
                        .withListener(fixture.events),
                    fixture.users,
                    stuck),
                fixture.first.issuer,
                fixture.first.refreshKeys)
            .build();
    assertThatThrownBy(() -> families.refresh(pair.refreshToken().reveal()))
        .isInstanceOf(StoreUnavailableException.class);
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.first.next(pair);
  }
}
