package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sallyport.Authenticator;
import dev.sallyport.guard.Guard;
import dev.sallyport.scheme.ConfigurationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

@DisplayName("Spring Boot: settings")
class SettingsTest {
  private static ConfigurationException refused(String... settings) {
    Throwable thrown =
        catchThrowable(() -> RunningApp.of(RunningApp.Nothing.class, settings).close());
    Throwable cause = thrown;
    while (cause != null && !(cause instanceof ConfigurationException)) {
      cause = cause.getCause();
    }
    assertThat(cause).as("%s", thrown).isInstanceOf(ConfigurationException.class);
    return (ConfigurationException) cause;
  }

  @Test
  @DisplayName("SP-2 all faults are told at once, and no value of an unknown key")
  void allFaults() {
    ConfigurationException refused =
        refused(
            "sallyport.users.alice.password=" + RunningApp.PASSWORD,
            "auth.chian=hunter2",
            "auth.session.idle=never",
            "server.forward-headers-strategy=native");
    assertThat(refused.faults()).hasSize(3);
    assertThat(refused.getMessage())
        .contains("auth.chian: unknown key", "auth.session.idle: 'never'", "forward-headers")
        .doesNotContain("hunter2");
  }

  @Test
  @DisplayName("SP-2 a failure analyzer shows them without a stack trace")
  void analyzed() {
    ConfigurationException refused =
        refused("sallyport.users.alice.password=" + RunningApp.PASSWORD, "auth.chian=basic");
    FailureAnalysis analysis =
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(FailureAnalyzer.class, null, (type, name, failure) -> {})
            .stream()
            .filter(one -> one.getClass().getName().startsWith("dev.sallyport"))
            .map(one -> one.analyze(new IllegalStateException(refused)))
            .findFirst()
            .orElseThrow();
    assertThat(analysis.getDescription()).contains("auth.chian");
    assertThat(analysis.getAction()).contains("docs/settings.md");
  }

  @Test
  @DisplayName("SP-2 without users, the message says what to define")
  void noUsers() {
    assertThat(refused().faults())
        .singleElement()
        .asString()
        .contains("CredentialStore", "sallyport.users", "auth-jdbc");
  }

  @Test
  @DisplayName("users in settings are refused in a profile named prod")
  void noUsersOfSettingsInProduction() {
    ConfigurationException refused =
        refused(
            "sallyport.users.alice.password=" + RunningApp.PASSWORD, "spring.profiles.active=prod");
    assertThat(refused.getMessage()).contains("prod").doesNotContain(RunningApp.PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server.forward-headers-strategy=native",
        "server.forward-headers-strategy=FRAMEWORK",
        "spring.main.cloud-platform=kubernetes",
        "server.tomcat.remoteip.remote-ip-header=X-Forwarded-For",
        "server.tomcat.remoteip.protocol-header=X-Forwarded-Proto"
      })
  @DisplayName("TH-5 nobody but the guard may believe X-Forwarded-*")
  void forwardedHeaders(String setting) {
    assertThat(
            refused("sallyport.users.alice.password=" + RunningApp.PASSWORD, setting).getMessage())
        .contains(
            setting
                .substring(0, setting.indexOf("="))
                .replace("spring.main.cloud-platform", "KUBERNETES"),
            "auth.trusted-proxies");
  }

  @Test
  @DisplayName("TH-5 on a platform, 'none' is enough")
  void forwardedHeadersOff() {
    try (RunningApp app =
        RunningApp.withUsers(
            RunningApp.Nothing.class,
            "spring.main.cloud-platform=kubernetes",
            "server.forward-headers-strategy=none")) {
      assertThat(app.get("/").statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth.chain=token,basic",
        "auth.chain[0]=token#auth.chain[1]=basic",
        "auth.CHAIN=token, basic#auth.maxAuthorizationLength=4096#auth.token.max_per_user=7"
      })
  @DisplayName("SP-1 keys may be written as Boot allows")
  void relaxed(String settings) {
    try (RunningApp app = RunningApp.withUsers(RunningApp.Nothing.class, settings.split("#"))) {
      Guard guard = app.context().getBean(Guard.class);
      assertThat(guard.chain().members())
          .extracting(Authenticator::name)
          .containsExactly("token", "basic");
    }
  }

  @Test
  @DisplayName("SP-2 an unknown key below sallyport is refused, too")
  void ownKeys() {
    Throwable thrown =
        catchThrowable(
            () ->
                RunningApp.withUsers(RunningApp.Nothing.class, "sallyport.enbaled=false").close());
    assertThat(thrown).isNotNull();
  }
}
