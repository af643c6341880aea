package com.example.event;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the default listener writes. */
class Slf4jListenerTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.sallyport");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }

  private static AuthEvent failed(String subject) {
    return new AuthEvent.AuthenticationFailed(NOW, "basic", "wrong_password", subject, CLIENT);
  }

  private String messageFor(AuthEvent event) {
    AuthListener.slf4j().onEvent(event);
    assertThat(appender.list).hasSize(1);
    return appender.list.get(0).getFormattedMessage();
  }

  static Stream<Arguments> levels() {
    return Stream.of(
        Arguments.of(Level.DEBUG, new AuthEvent.RequestAuthenticated(NOW, "basic", "1", CLIENT)),
        Arguments.of(Level.INFO, new AuthEvent.LoggedIn(NOW, "1", CLIENT, "curl/8")),
        Arguments.of(Level.INFO, failed("alice")),
        Arguments.of(Level.WARN, new AuthEvent.Throttled(NOW, "basic", null, CLIENT)),
        Arguments.of(Level.INFO, new AuthEvent.RefreshRotated(NOW, "f", "42", 2, false)),
        Arguments.of(Level.INFO, new AuthEvent.RefreshRotated(NOW, "f", "42", 2, true)),
        Arguments.of(Level.WARN, new AuthEvent.RefreshReuseDetected(NOW, "f", "42", 1)),
        Arguments.of(Level.INFO, new AuthEvent.StaleCredentials(NOW, "s", "expired", CLIENT)),
        Arguments.of(Level.INFO, new AuthEvent.Registered(NOW, "1", "alice")),
        Arguments.of(Level.INFO, new AuthEvent.AccountChanged(NOW, "1", "password_upgraded")),
        Arguments.of(Level.INFO, new AuthEvent.PasswordChanged(NOW, "1", true)),
        Arguments.of(Level.INFO, new AuthEvent.PasswordResetRequested(NOW, "1", CLIENT)),
        Arguments.of(Level.ERROR, new AuthEvent.DeliveryFailed(NOW, "1", "a.B")),
        Arguments.of(Level.INFO, new AuthEvent.AccountChanged(NOW, "1", "renamed")),
        Arguments.of(Level.INFO, new AuthEvent.Issued(NOW, "session", "s1", "1")),
        Arguments.of(Level.INFO, new AuthEvent.SessionRotated(NOW, "s1", "s2", "1")),
        Arguments.of(Level.INFO, new AuthEvent.Ended(NOW, "session", "s1", "1", "logout")),
        Arguments.of(Level.INFO, new AuthEvent.SeveralEnded(NOW, "1", 2)),
        Arguments.of(
            Level.INFO, new AuthEvent.BindingMismatch(NOW, "s1", "1", "network", true, CLIENT)),
        Arguments.of(Level.ERROR, new AuthEvent.StoreOutage(NOW, "basic", "a.B")),
        Arguments.of(Level.INFO, new AuthEvent.SchemeEvent(NOW, "s", "t", Map.of("a", "b"))));
  }

  @ParameterizedTest
  @MethodSource("levels")
  @DisplayName("EV-1, row 105 each event is one line of the logger dev.sallyport, at its level")
  void level(Level level, AuthEvent event) {
    assertThat(messageFor(event)).isEqualTo(event.toString()).contains("at=2030-01-01T00:00:00Z");
    ILoggingEvent logged = appender.list.get(0);
    assertThat(logged.getLevel()).isEqualTo(level);
    assertThat(logged.getLoggerName()).isEqualTo("dev.sallyport");
    assertThat(logged.getThrowableProxy()).isNull();
  }

  @Test
  @DisplayName("EV-1 what its level switches off is not written")
  void switchedOff() {
    logger.setLevel(Level.WARN);
    AuthListener.slf4j().onEvent(failed("alice"));
    assertThat(appender.list).isEmpty();
    AuthListener.slf4j().onEvent(new AuthEvent.Throttled(NOW, "basic", null, CLIENT));
    assertThat(appender.list).hasSize(1);
  }

  @Test
  @DisplayName("EV-1 a subject with placeholders stays as it is")
  void placeholders() {
    assertThat(messageFor(failed("{} %s $jndi:x")))
        .contains("subject=\"\\u007B\\u007D %s $jndi:x\"");
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "0000", "0007", "0008", "0009", "000A", "000D", "001B", "001F", "007F", "0080", "0085",
        "009B", "009F", "00AD", "061C", "200B", "200E", "200F", "2028", "2029", "202A", "202E",
        "2066", "2069", "FEFF", "D800", "DBFF", "DC00", "DFFF",
      })
  @DisplayName("EV-1, row 105 what could end a line, move the cursor or turn text is escaped")
  void escaped(String hex) {
    char c = (char) Integer.parseInt(hex, 16);
    String message = messageFor(failed("a" + c + "b" + c));
    assertThat(message)
        .contains("subject=\"a\\u" + hex + "b\\u" + hex + "\",")
        .doesNotContain("" + c);
  }

  @Test
  @DisplayName("EV-1 a forged line stays in the line of its event")
  void forged() {
    String message =
        messageFor(failed("x\r\n2030-01-01 INFO RequestAuthenticated[admin]\u001B[2K"));
    assertThat(message)
        .doesNotContain("\r", "\n", "\u001B")
        .contains(
            "x\\u000D\\u000A2030-01-01 INFO RequestAuthenticated\\u005Badmin\\u005D\\u001B\\u005B2K");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice",
        "\u00E9\u0131\u212A",
        "\u4E2D\u6587",
        "\uD83E\uDD8A",
        "a b",
        "\u00A0",
        "x\uD83E\uDD8A\uD83E\uDD8Ay",
        " ~"
      })
  @DisplayName("EV-1 what people are called is kept, supplementary characters too")
  void kept(String subject) {
    assertThat(messageFor(failed(subject))).contains("subject=\"" + subject + "\",");
  }

  @ParameterizedTest
  @CsvSource({
    "D83E D83E DD8A, \\uD83E\uD83E\uDD8A",
    "D83E DD8A DD8A, \uD83E\uDD8A\\uDD8A",
    "DD8A D83E, \\uDD8A\\uD83E",
  })
  @DisplayName("EV-1 lone surrogates are escaped beside pairs that are kept")
  void surrogates(String units, String shown) {
    StringBuilder subject = new StringBuilder();
    for (String unit : units.split(" ", -1)) {
      subject.append((char) Integer.parseInt(unit, 16));
    }
    assertThat(messageFor(failed(subject.toString()))).contains("subject=\"" + shown + "\",");
    AuthListener.slf4j().onEvent(new AuthEvent.Registered(NOW, "1", subject.toString()));
    assertThat(appender.list.get(1).getFormattedMessage()).endsWith("name=\"" + shown + "\"]");
  }

  private static final String FORGERY = "bob\", client=8.8.8.8, a={b}]\\";

  /** Each event, with a forgery wherever it has a text. */
  static Stream<AuthEvent> forgeries() {
    String x = FORGERY;
    return Stream.of(
        new AuthEvent.RequestAuthenticated(NOW, x, x, CLIENT),
        new AuthEvent.LoggedIn(NOW, x, CLIENT, x),
        new AuthEvent.AuthenticationFailed(NOW, x, x, x, CLIENT),
        new AuthEvent.Throttled(NOW, x, x, CLIENT),
        new AuthEvent.StaleCredentials(NOW, x, x, CLIENT),
        new AuthEvent.Registered(NOW, x, x),
        new AuthEvent.PasswordChanged(NOW, x, true),
        new AuthEvent.PasswordResetRequested(NOW, x, CLIENT),
        new AuthEvent.DeliveryFailed(NOW, x, x),
        new AuthEvent.AccountChanged(NOW, x, x),
        new AuthEvent.Issued(NOW, x, x, x),
        new AuthEvent.SessionRotated(NOW, x, x, x),
        new AuthEvent.Ended(NOW, x, x, x, x),
        new AuthEvent.SeveralEnded(NOW, x, 2),
        new AuthEvent.BindingMismatch(NOW, x, x, x, true, CLIENT),
        new AuthEvent.RefreshRotated(NOW, x, x, 2, false),
        new AuthEvent.RefreshReuseDetected(NOW, x, x, 1),
        new AuthEvent.StoreOutage(NOW, x, x),
        new AuthEvent.KeyPassedOver(NOW, x, x, x),
        new AuthEvent.SchemeEvent(NOW, x, x, Map.of(x, x)));
  }

  @Test
  @DisplayName("EV-1 each kind of event is among those that are tried")
  void allKinds() {
    assertThat(forgeries().<Class<?>>map(AuthEvent::getClass))
        .containsExactlyInAnyOrder(AuthEvent.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  @DisplayName("EV-1 no text forges a field: it is quoted, and what delimits is escaped inside")
  void forgedField(AuthEvent event) {
    String message = messageFor(event);
    String quoted =
        "\"bob\\u0022\\u002C client\\u003D8.8.8.8\\u002C a\\u003D\\u007Bb\\u007D\\u005D\\u005C\"";
    assertThat(message).contains(quoted);
    assertThat(message.replace(quoted, "x"))
        .doesNotContain("8.8.8.8", "\"", "\\")
        .matches("[A-Za-z]+\\[at=[^,]+(, [A-Za-z]+=(\\{x=x}|[a-z0-9.]+))*]");
  }

  @Test
  @DisplayName("EV-1 what a client calls itself can't forge a line either")
  void userAgent() {
    AuthEvent event = new AuthEvent.LoggedIn(NOW, "1", CLIENT, "curl\r\nINFO forged");
    assertThat(messageFor(event)).endsWith("userAgent=\"curl\\u000D\\u000AINFO forged\"]");
  }

  @Test
  @DisplayName("EV-1 the escape is the same in any locale")
  void locale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(messageFor(failed("\n\u001B"))).contains("\\u000A\\u001B");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  @DisplayName("EV-1 a listener that throws is reported by the types, not by its text")
  void faulty() {
    AuthListener faulty =
        event -> {
          throw new IllegalStateException("s3cret-of-the-host");
        };
    faulty.publish(failed("alice"));
    assertThat(appender.list)
        .singleElement()
        .satisfies(
            logged -> {
              assertThat(logged.getLevel()).isEqualTo(Level.ERROR);
              assertThat(logged.getFormattedMessage())
                  .isEqualTo(
                      "The listener "
                          + faulty.getClass().getName()
                          + " threw java.lang.IllegalStateException; the decision stands");
              assertThat(logged.getThrowableProxy()).isNull();
            });
  }

  @Test
  @DisplayName("EV-1 there is one default listener")
  void one() {
    assertThat(AuthListener.slf4j()).isSameAs(AuthListener.slf4j());
  }
}
