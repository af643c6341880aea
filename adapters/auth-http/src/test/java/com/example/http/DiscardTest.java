package com.example.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("AD-6 What is discarded of an unread body:")
@Timeout(60)
class DiscardTest {
  private static final Duration LONG = Duration.ofHours(1);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16 * 1024, 16 * 1024 + 1, 100_000})
  @DisplayName("all of it, where it is no longer than allowed")
  void all(int length) throws IOException {
    InputStream body = new ByteArrayInputStream(new byte[length]);
    RequestBody.discard(body, length, LONG);
    assertThat(body.read()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16 * 1024, 16 * 1024 + 1, 99_999})
  @DisplayName("not a byte more than allowed")
  void atMost(int maxBytes) {
    ByteArrayInputStream body = new ByteArrayInputStream(new byte[100_000]);
    RequestBody.discard(body, maxBytes, LONG);
    assertThat(body.available()).isEqualTo(100_000 - maxBytes);
  }

  @Test
  @DisplayName("no more once the time is over, however fast or slowly it comes")
  void atMostSoLong() {
    Endless body = new Endless();
    RequestBody.discard(body, Long.MAX_VALUE, Duration.ZERO);
    assertThat(body.reads).isZero();
    RequestBody.discard(body, Long.MAX_VALUE, Duration.ofMillis(1));
    RequestBody.discard(body, 5, LONG);
    assertThat(body.reads).isGreaterThanOrEqualTo(5);
  }

  @Test
  @DisplayName("one that breaks off is no error, since its answer is out")
  void breaksOff() {
    RequestBody.discard(
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        },
        1,
        LONG);
  }

  /** Gives a byte at each read, for ever. */
  private static final class Endless extends InputStream {
    private long reads;

    @Override
    public int read() {
      reads++;
      return 0;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      into[offset] = (byte) read();
      return 1;
    }
  }
}
