package com.example.scheme;

import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Principal;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.SchemeProvider;
import dev.sallyport.scheme.Setting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Has a setting of every type, and needs a thing that only the host has. */
public final class KnockScheme implements SchemeProvider {
  /** What the host has to give. */
  public record Door(String name) {}

  /** An enum with a name of two words. */
  public enum Answer {
    COME_IN,
    GO_AWAY
  }

  static final Setting<Integer> TIMES = Setting.integer("times", 3, 1, 5, "How often.");
  static final Setting<Duration> PAUSE =
      Setting.seconds(
          "pause",
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          "How long.");
  static final Setting<Boolean> LOUD = Setting.flag("loud", false, "Whether it is heard.");
  static final Setting<Answer> ANSWER = Setting.choice("answer", Answer.COME_IN, "What is said.");
  static final Setting<List<String>> GUESTS =
      Setting.list("guests", "names", "Who may come.", KnockScheme::guests);
  static final Setting<String> WORD =
      Setting.text("word", "sesame", "letters", "The word.", t -> t.matches("[a-z]+")).secret();

  private static List<String> guests(List<String> names) {
    if (names.contains("nobody")) {
      throw new IllegalArgumentException();
    }
    return List.copyOf(names);
  }

  @Override
  public String name() {
    return "knock";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(TIMES, PAUSE, LOUD, ANSWER, GUESTS, WORD);
  }

  @Override
  public Set<Class<?>> needs() {
    return Set.of(Door.class);
  }

  @Override
  public Authenticator create(SchemeContext context) {
    if (context.get(LOUD) && context.get(ANSWER) == Answer.GO_AWAY) {
      throw new IllegalArgumentException("loud contradicts answer = go-away");
    }
    if (context.isGiven(GUESTS) && context.get(ANSWER) == Answer.GO_AWAY) {
      throw new IllegalArgumentException("guests has no effect where answer is go-away");
    }
    String seen =
        String.join(
            " ",
            context.get(Door.class).name(),
            context.get(TIMES).toString(),
            context.get(PAUSE).toString(),
            context.get(LOUD).toString(),
            context.get(ANSWER).name().toLowerCase(Locale.ROOT),
            context.get(GUESTS).toString(),
            context.get(WORD));
    return Authenticator.named(
        "knock",
        request ->
            request.headers("Knock").isEmpty()
                ? NotAttempted.NO_CREDENTIALS
                : Authenticated.builder(new Principal("1", seen, Set.of()), "knock")
                    .authenticatedAt(context.environment().now())
                    .build(),
        Challenge.of("Knock", "door"));
  }

  /** Settings with two schemes, and what they need. */
  static AuthConfiguration.Builder configured(String... pairs) {
    Map<String, String> settings = new HashMap<>(Map.of("auth.chain", "knock, plain"));
    for (int i = 0; i < pairs.length; i += 2) {
      settings.put(pairs[i], pairs[i + 1]);
    }
    return AuthConfiguration.builder(settings).with(Door.class, new Door("front"));
  }
}
