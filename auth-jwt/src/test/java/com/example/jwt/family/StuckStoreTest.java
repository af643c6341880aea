package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.RefreshFamilies;
import dev.sallyport.jwt.TokenPair;
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
                fixture.first.issuer, fixture.first.refreshKeys, stuck, fixture.users)
            .clock(fixture.clock)
            .listener(fixture.events)
            .build();
    assertThatThrownBy(() -> families.refresh(pair.refreshToken()))
        .isInstanceOf(StoreUnavailableException.class);
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.first.next(pair);
  }
}
