package com.example.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.testkit.RecordingListener;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Listeners, and events of anybody's scheme. */
class AuthListenerTest {
  private static final AuthEvent EVENT =
      new AuthEvent.AccountChanged(Instant.parse("2030-01-01T00:00:00Z"), "1", "password_upgraded");

  static List<Throwable> harmless() {
    return List.of(
        new IllegalStateException(),
        new IOException("checked, and thrown all the same"),
        new StackOverflowError(),
        new NoClassDefFoundError("a/B"),
        new AssertionError());
  }

  private static AuthListener throwing(Throwable thrown) {
    return event -> sneak(thrown);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @ParameterizedTest
  @MethodSource("harmless")
  @DisplayName("EV-1 whatever a listener throws harms nobody, and the next one hears")
  void harms(Throwable thrown) {
    RecordingListener next = new RecordingListener();
    AuthListener all = AuthListener.all(throwing(thrown), next);
    assertThatCode(() -> throwing(thrown).publish(EVENT)).doesNotThrowAnyException();
    assertThatCode(() -> all.onEvent(EVENT)).doesNotThrowAnyException();
    assertThat(next.events()).containsExactly(EVENT);
  }

  @Test
  @DisplayName("EV-1 a JVM that is out of memory is not a listener's affair")
  void outOfMemory() {
    OutOfMemoryError error = new OutOfMemoryError();
    assertThatThrownBy(() -> throwing(error).publish(EVENT)).isSameAs(error);
  }

  @Test
  @DisplayName("EV-1 several listeners hear in order, each event once")
  void all() {
    List<String> heard = new ArrayList<>();
    AuthListener[] listeners = {event -> heard.add("first"), event -> heard.add("second")};
    AuthListener all = AuthListener.all(listeners);
    listeners[0] = event -> heard.add("later");
    all.publish(EVENT);
    assertThat(heard).containsExactly("first", "second");
    assertThatCode(() -> AuthListener.all().publish(EVENT)).doesNotThrowAnyException();
    assertThatNullPointerException().isThrownBy(() -> AuthListener.all(event -> {}, null));
  }

  @Test
  @DisplayName("EV-1 an event of another's scheme is a copy of its details")
  void schemeEvent() {
    Map<String, String> details = new HashMap<>(Map.of("key", "value"));
    AuthEvent.SchemeEvent event =
        new AuthEvent.SchemeEvent(EVENT.at(), "magic_link", "link_sent", details);
    details.put("later", "x");
    assertThat(event.details()).containsOnly(Map.entry("key", "value")).isUnmodifiable();
    assertThat(event.scheme()).isEqualTo("magic_link");
    assertThat(event.type()).isEqualTo("link_sent");
    assertThat(event.at()).isEqualTo(EVENT.at());
  }

  @Test
  @DisplayName("EV-1 an event of another's scheme says when, who and what")
  void schemeEventNulls() {
    Instant at = EVENT.at();
    Map<String, String> none = Map.of();
    assertThatNullPointerException()
        .isThrownBy(() -> new AuthEvent.SchemeEvent(null, "s", "t", none))
        .withMessage("at");
    assertThatNullPointerException()
        .isThrownBy(() -> new AuthEvent.SchemeEvent(at, null, "t", none))
        .withMessage("scheme");
    assertThatNullPointerException()
        .isThrownBy(() -> new AuthEvent.SchemeEvent(at, "s", null, none))
        .withMessage("type");
    assertThatNullPointerException()
        .isThrownBy(() -> new AuthEvent.SchemeEvent(at, "s", "t", null));
  }
}
