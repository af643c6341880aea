package com.example.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Entrance;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.TestRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings do beside the chain, and those that would do nothing. */
class SettingsEffectTest {
  private final RecordingListener events = new RecordingListener();

  private AuthConfiguration.Builder settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("auth.chain", "knock");
    return AuthConfiguration.builder(settings)
        .with(KnockScheme.Door.class, new KnockScheme.Door("front"))
        .with(AuthListener.class, events);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", ""})
  @DisplayName("SP-2 a scheme can tell a setting that is given, with its default too, from none")
  void given(String guests) {
    Map<String, String> away = Map.of("auth.knock.answer", "go-away");
    Map<String, String> both = new HashMap<>(away);
    both.put("auth.knock.guests", guests);
    List<String> faults =
        catchThrowableOfType(ConfigurationException.class, settings(both)::build).faults();
    assertThat(faults).containsExactly("auth.knock: guests has no effect where answer is go-away");
    assertThat(settings(away).build()).isNotNull();
  }

  @Test
  @DisplayName("GU-5, HT-2 the entrance has the transport and the origins of the settings")
  void entrance() {
    Entrance entrance =
        settings(
                Map.of(
                    "auth.transport", "optional-on-loopback-for-development",
                    "auth.trusted-origins", "https://app.example"))
            .build()
            .entrance();
    TestRequest login = TestRequest.post("/login").insecure().header("Host", "localhost");
    assertThat(entrance.check(login.build(), "login")).isInstanceOf(Decision.Proceed.class);
    login.header("Origin", "https://app.example");
    assertThat(entrance.check(login.build(), "login")).isInstanceOf(Decision.Proceed.class);
    assertThat(events.events()).isEmpty();

    Entrance standard = settings(Map.of()).build().entrance();
    assertThat(standard.check(login.build(), "login")).isInstanceOf(Decision.Refuse.class);
    TestRequest foreign = TestRequest.post("/login").header("Origin", "https://app.example");
    assertThat(standard.check(foreign.build(), "login")).isInstanceOf(Decision.Refuse.class);
    assertThat(events.events(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::reason)
        .containsExactly("insecure_transport", "cross_site");
  }
}
