package com.example.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
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
        .with(AuthEnvironment.class, AuthEnvironment.standard().withListener(events))
        .with(KnockScheme.Door.class, new KnockScheme.Door("front"));
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
  @DisplayName("GU-5, HT-2 the guard has the transport and the origins of the settings")
  void body() {
    Guard guard =
        settings(
                Map.of(
                    "auth.transport", "optional-on-loopback-for-development",
                    "auth.trusted-origins", "https://app.example"))
            .build()
            .guard();
    TestRequest login = TestRequest.post("/login").insecure().header("Host", "localhost");
    assertThat(guard.checkBody(login.build(), "login")).isInstanceOf(Decision.Proceed.class);
    login.header("Origin", "https://app.example");
    assertThat(guard.checkBody(login.build(), "login")).isInstanceOf(Decision.Proceed.class);
    assertThat(events.events()).isEmpty();

    Guard standard = settings(Map.of()).build().guard();
    assertThat(standard.checkBody(login.build(), "login")).isInstanceOf(Decision.Refuse.class);
    TestRequest foreign = TestRequest.post("/login").header("Origin", "https://app.example");
    assertThat(standard.checkBody(foreign.build(), "login")).isInstanceOf(Decision.Refuse.class);
    assertThat(events.events(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::reason)
        .containsExactly("insecure_transport", "cross_site");
  }
}
