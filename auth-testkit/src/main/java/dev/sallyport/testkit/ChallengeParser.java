package dev.sallyport.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code WWW-Authenticate} lines, as strictly as RFC 9110 sections 5.6 and 11.6.1 allow: for
 * tests of what a server sends, not for clients, which must tolerate more.
 *
 * <pre>{@code
 * ChallengeParser.parse(List.of("Basic realm=\"api\""));  // [Parsed[Basic, null, {realm=api}]]
 * }</pre>
 */
public final class ChallengeParser {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final Pattern WHITESPACE = Pattern.compile("[ \t]*");
  private static final Pattern COMMA = Pattern.compile("[ \t]*,[ \t]*");
  private static final Pattern END = Pattern.compile("[ \t]*\\z");
  private static final Pattern EQUALS = Pattern.compile("[ \t]*=[ \t]*");
  private static final Pattern NAME = Pattern.compile(TOKEN + "(?=[ \t]*=)");
  private static final Pattern TOKEN68 = Pattern.compile("[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|\\z))");
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[\t !#-\\[\\]-~\u0080-\u00FF]|\\\\[\t -~\u0080-\u00FF])*+)\"");

  /**
   * One challenge.
   *
   * @param scheme the auth-scheme as written
   * @param token68 the token after the scheme, if there is one instead of parameters
   * @param parameters the unquoted values by lower-case name, in order
   */
  public record Parsed(String scheme, @Nullable String token68, Map<String, String> parameters) {
    /** Copies the parameters. */
    public Parsed {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
  }

  private final Matcher line;
  private int at;

  private ChallengeParser(String line) {
    this.line = TOKEN.matcher(line);
  }

  /**
   * Parses all lines of one response.
   *
   * @param lines the values of its {@code WWW-Authenticate} lines
   * @return at least one challenge
   * @throws IllegalArgumentException if they break the grammar, name a parameter twice, have no
   *     challenge, or a {@code Basic} one without a realm (RFC 7617 section 2)
   */
  public static List<Parsed> parse(List<String> lines) {
    List<Parsed> all = new ArrayList<>();
    lines.forEach(line -> all.addAll(new ChallengeParser(line).list()));
    if (all.isEmpty()) {
      throw new IllegalArgumentException("No challenge in " + lines);
    }
    return List.copyOf(all);
  }

  private List<Parsed> list() {
    List<Parsed> challenges = new ArrayList<>();
    read(WHITESPACE);
    separators();
    while (!isAtEnd()) {
      challenges.add(challenge());
    }
    return challenges;
  }

  private Parsed challenge() {
    String scheme = require(TOKEN, "an auth-scheme");
    boolean spaced = read(SPACES) != null;
    String token68 = spaced ? read(TOKEN68) : null;
    boolean separated = separators();
    Map<String, String> parameters = new LinkedHashMap<>();
    String name = spaced && token68 == null ? read(NAME) : null;
    while (name != null) {
      require(EQUALS, "=");
      String token = read(TOKEN);
      String value = token == null ? unquote(require(QUOTED, "a closed quoted string")) : token;
      if (parameters.put(name.toLowerCase(Locale.ROOT), value) != null) {
        throw refused("no second parameter '" + name + "'");
      }
      separated = separators();
      name = separated ? read(NAME) : null;
    }
    if (!separated && !isAtEnd()) {
      throw refused("a comma");
    }
    if (scheme.toLowerCase(Locale.ROOT).equals("basic") && !parameters.containsKey("realm")) {
      throw refused("a realm for Basic");
    }
    return new Parsed(scheme, token68, parameters);
  }

  private static String unquote(String quoted) {
    return quoted.substring(1, quoted.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  /** Reads commas, with possibly empty elements between them (RFC 9110 section 5.6.1.2). */
  private boolean separators() {
    boolean any = false;
    while (read(COMMA) != null) {
      any = true;
    }
    return any;
  }

  private boolean isAtEnd() {
    return line.usePattern(END).region(at, line.regionEnd()).lookingAt();
  }

  private @Nullable String read(Pattern pattern) {
    if (!line.usePattern(pattern).region(at, line.regionEnd()).lookingAt()) {
      return null;
    }
    at = line.end();
    return line.group();
  }

  private String require(Pattern pattern, String what) {
    String read = read(pattern);
    if (read == null) {
      throw refused(what);
    }
    return read;
  }

  private IllegalArgumentException refused(String wanted) {
    return new IllegalArgumentException("Expected " + wanted + " before index " + at);
  }
}
