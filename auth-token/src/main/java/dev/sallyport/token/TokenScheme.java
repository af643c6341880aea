package dev.sallyport.token;

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
import java.util.Locale;
import java.util.Set;

/**
 * Configures opaque tokens under the name {@code token}. Found by {@link java.util.ServiceLoader}.
 */
public final class TokenScheme implements SchemeProvider {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Where a request carries its token. */
  private enum Delivery {
    HEADER,
    COOKIE
  }

  /** How {@code lifetime} ends a token. */
  private enum Ends {
    FIXED,
    SLIDING,
    NEVER
  }

  private static final Setting<String> REALM = Setting.realm("api");

  private static final Setting<List<String>> KEYWORDS =
      Setting.of(
          "keywords",
          "Token, Bearer",
          "auth-schemes, separated by commas, each once",
          "The words before a token in the Authorization field.",
          TokenScheme::keywords);

  private static final Setting<String> PREFIX =
      Setting.text(
          "prefix",
          TokenFormat.DEFAULT_PREFIX,
          "2 to 10 letters, digits, _ and -, of which the last is _ or -, and the first is neither",
          "How new tokens begin.",
          TokenScheme::isPrefix);

  private static final Setting<List<String>> FORMER_PREFIXES =
      Setting.list(
          "former-prefixes",
          "prefixes, separated by commas",
          "Earlier prefixes, of tokens that are still in use.",
          TokenScheme::prefixes);

  private static final Setting<Duration> LIFETIME =
      Setting.seconds(
          "lifetime",
          Duration.ofDays(90),
          SECOND,
          Lifetime.MAX,
          "How long a token lives at most, if nothing else is asked for.");

  private static final Setting<Duration> IDLE =
      Setting.seconds(
          "idle",
          Duration.ofDays(14),
          SECOND,
          Lifetime.MAX,
          "How long a sliding token lives without being used.");

  private static final Setting<Ends> ENDS =
      Setting.choice(
          "ends",
          Ends.FIXED,
          "Whether a token ends after its lifetime, slides up to it while it is used, or never.");

  private static final Setting<Integer> MAX = Setting.maxPerUser("tokens");

  private static final Setting<TokenLimit.WhenFull> WHEN_FULL =
      Setting.choice(
          "when-full",
          TokenLimit.WhenFull.REFUSE_NEW,
          "What happens when a user has the maximum number of tokens.");

  private static final Setting<Delivery> DELIVERY =
      Setting.choice("delivery", Delivery.HEADER, "Whether tokens are in a header or in a cookie.");

  private static final Setting<Boolean> IMPORTED =
      Setting.flag(
          "accept-imported", false, "Whether imported keys of 40 hex digits are accepted.");

  /** For the service loader. */
  public TokenScheme() {}

  private static List<String> keywords(String text) {
    List<String> words = List.of(text.split("[ \\t]*,[ \\t]*", -1));
    boolean valid = words.stream().allMatch(word -> word.matches("[A-Za-z][A-Za-z0-9-]*"));
    if (!valid
        || words.stream().map(word -> word.toLowerCase(Locale.ROOT)).distinct().count()
            < words.size()) {
      throw new IllegalArgumentException();
    }
    return words;
  }

  private static boolean isPrefix(String text) {
    TokenFormat.checkPrefix(text);
    return true;
  }

  private static List<String> prefixes(List<String> texts) {
    texts.forEach(TokenFormat::checkPrefix);
    return List.copyOf(texts);
  }

  @Override
  public String name() {
    return TokenAuthenticator.NAME;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        REALM,
        KEYWORDS,
        PREFIX,
        FORMER_PREFIXES,
        LIFETIME,
        IDLE,
        ENDS,
        MAX,
        WHEN_FULL,
        DELIVERY,
        IMPORTED);
  }

  @Override
  public Set<Class<?>> needs() {
    return Set.of(CredentialStore.class, TokenStore.class);
  }

  @Override
  public Authenticator create(SchemeContext context) {
    List<String> faults = faults(context);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    Tokens.Builder tokens =
        Tokens.builder(context.auth())
            .prefix(context.get(PREFIX), context.get(FORMER_PREFIXES).toArray(String[]::new))
            .lifetime(lifetime(context))
            .limit(new TokenLimit(context.get(MAX), context.get(WHEN_FULL)));
    if (context.get(DELIVERY) == Delivery.COOKIE) {
      tokens.inCookie();
    }
    if (context.get(IMPORTED)) {
      tokens.acceptImported();
    }
    TokenAuthenticator.Builder authenticator =
        TokenAuthenticator.builder(tokens.build()).realm(context.get(REALM));
    if (context.get(DELIVERY) == Delivery.HEADER) {
      authenticator.keywords(context.get(KEYWORDS).toArray(String[]::new));
    }
    return authenticator.build();
  }

  private static List<String> faults(SchemeContext context) {
    List<String> faults = new ArrayList<>();
    Ends ends = context.get(ENDS);
    long idle = context.get(IDLE).toSeconds();
    long lifetime = context.get(LIFETIME).toSeconds();
    if (ends == Ends.SLIDING && idle > lifetime) {
      faults.add("idle (" + idle + ") is more than lifetime (" + lifetime + ")");
    }
    if (ends == Ends.NEVER && context.isGiven(LIFETIME)) {
      faults.add("lifetime has no effect where ends is never");
    }
    if (ends != Ends.SLIDING && context.isGiven(IDLE)) {
      faults.add("idle has no effect unless ends is sliding");
    }
    if (context.get(DELIVERY) == Delivery.COOKIE && context.isGiven(KEYWORDS)) {
      faults.add("keywords has no effect where delivery is cookie");
    }
    if (context.get(MAX) == Integer.MAX_VALUE && context.isGiven(WHEN_FULL)) {
      faults.add("when-full has no effect where max-per-user is unlimited");
    }
    return faults;
  }

  private static Lifetime lifetime(SchemeContext context) {
    return switch (context.get(ENDS)) {
      case FIXED -> Lifetime.of(context.get(LIFETIME));
      case SLIDING -> Lifetime.sliding(context.get(IDLE), context.get(LIFETIME));
      case NEVER -> Lifetime.never();
    };
  }
}
