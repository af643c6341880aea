package dev.sallyport.session;

import dev.sallyport.Authenticator;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.SchemeProvider;
import dev.sallyport.scheme.Setting;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Configures sessions under the name {@code session}. Found by {@link java.util.ServiceLoader}. */
public final class SessionScheme implements SchemeProvider {
  private static final Setting<String> REALM =
      Setting.text(
          "realm",
          "api",
          "1 to 100 printable ASCII characters, or none",
          "The realm of the challenge; none leaves the challenge out.",
          text -> text.matches("[ -~]{1,100}"));

  private static final Setting<Duration> IDLE =
      seconds(
          "idle",
          Sessions.STANDARD.idle().orElseThrow(),
          "How long a session lives without being used.");

  private static final Setting<Duration> ABSOLUTE =
      seconds(
          "absolute",
          Sessions.STANDARD.absolute().orElseThrow(),
          "How long a session lives at most.");

  private static final Setting<Duration> REMEMBERED_IDLE =
      seconds(
          "remembered-idle",
          Sessions.REMEMBERED.idle().orElseThrow(),
          "As idle, for users who ask to be remembered.");

  private static final Setting<Duration> REMEMBERED_ABSOLUTE =
      seconds(
          "remembered-absolute",
          Sessions.REMEMBERED.absolute().orElseThrow(),
          "As absolute, for users who ask to be remembered.");

  private static final Setting<Integer> MAX = Setting.maxPerUser("sessions");

  private static final Setting<TokenLimit.WhenFull> WHEN_FULL =
      Setting.choice(
          "when-full",
          TokenLimit.WhenFull.REMOVE_OLDEST,
          "What happens when a user has the maximum number of sessions.");

  private static final Setting<Binding> USER_AGENT =
      Setting.choice(
          "bind-user-agent", Binding.LOG, "What happens when the user agent of a session changes.");

  private static final Setting<Binding> NETWORK =
      Setting.choice(
          "bind-network", Binding.LOG, "What happens when the client's network changes.");

  private static final Setting<List<String>> KEEP_AT_LOGIN =
      Setting.list(
          "keep-at-login",
          "names of 1 to 64 characters that begin with no dot, separated by commas",
          "Attributes that a login takes over from the session that it ends.",
          SessionScheme::names);

  /** For the service loader. */
  public SessionScheme() {}

  private static Setting<Duration> seconds(String key, Duration fallback, String meaning) {
    return Setting.seconds(key, fallback, Duration.ofSeconds(1), Sessions.LONGEST, meaning);
  }

  private static List<String> names(List<String> names) {
    names.forEach(SessionAttributes::checkName);
    return List.copyOf(names);
  }

  private static void requireOrder(
      SchemeContext context, Setting<Duration> idle, Setting<Duration> absolute, List<String> to) {
    long least = context.get(idle).toSeconds();
    long most = context.get(absolute).toSeconds();
    if (least > most) {
      to.add(idle.key() + " (" + least + ") is more than " + absolute.key() + " (" + most + ")");
    }
  }

  @Override
  public String name() {
    return "session";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        REALM,
        IDLE,
        ABSOLUTE,
        REMEMBERED_IDLE,
        REMEMBERED_ABSOLUTE,
        MAX,
        WHEN_FULL,
        USER_AGENT,
        NETWORK,
        KEEP_AT_LOGIN);
  }

  @Override
  public Set<Class<?>> needs() {
    return Set.of(CredentialStore.class, TokenStore.class);
  }

  @Override
  public Authenticator create(SchemeContext context) {
    List<String> faults = new ArrayList<>();
    requireOrder(context, IDLE, ABSOLUTE, faults);
    requireOrder(context, REMEMBERED_IDLE, REMEMBERED_ABSOLUTE, faults);
    if (context.get(MAX) == Integer.MAX_VALUE && context.isGiven(WHEN_FULL)) {
      faults.add("when-full has no effect where max-per-user is unlimited");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    Sessions sessions =
        Sessions.builder(context.auth())
            .lifetime(Lifetime.sliding(context.get(IDLE), context.get(ABSOLUTE)))
            .rememberedLifetime(
                Lifetime.sliding(context.get(REMEMBERED_IDLE), context.get(REMEMBERED_ABSOLUTE)))
            .limit(new TokenLimit(context.get(MAX), context.get(WHEN_FULL)))
            .keepAtLogin(context.get(KEEP_AT_LOGIN).toArray(String[]::new))
            .build();
    SessionAuthenticator.Builder builder =
        SessionAuthenticator.builder(sessions)
            .bindToUserAgent(context.get(USER_AGENT))
            .bindToNetwork(context.get(NETWORK));
    String realm = context.get(REALM);
    return realm.equals("none") ? builder.withoutChallenge().build() : builder.realm(realm).build();
  }
}
