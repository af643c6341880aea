package dev.sallyport;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One challenge of a {@code WWW-Authenticate} field, as a value (RFC 9110 section 11.3).
 *
 * <p>It can hold only printable ASCII, so that no header can be split or misread. Immutable.
 *
 * <pre>{@code
 * Challenge.of("Basic", "api").with("charset", "UTF-8");  // Basic realm="api", charset="UTF-8"
 * }</pre>
 */
public final class Challenge {
  /** Schemes for which a browser opens a dialogue of its own. */
  private static final Set<String> PROMPTING = Set.of("basic", "digest", "negotiate", "ntlm");

  private final String scheme;
  private final Map<String, String> parameters;
  private final boolean prompting;

  private Challenge(String scheme, Map<String, String> parameters, boolean prompting) {
    this.scheme = scheme;
    this.parameters = Collections.unmodifiableMap(parameters);
    this.prompting = prompting;
  }

  /**
   * A challenge with a realm.
   *
   * @param scheme the auth-scheme, a token of RFC 9110
   * @param realm the realm, printable ASCII
   * @return the challenge
   * @throws IllegalArgumentException if either has a character that isn't allowed
   */
  public static Challenge of(String scheme, String realm) {
    if (!Ascii.isToken(scheme)) {
      throw new IllegalArgumentException("An auth-scheme must be a token of RFC 9110");
    }
    return new Challenge(scheme, Map.of(), true).with("realm", realm);
  }

  /**
   * The same challenge with one parameter more, or with another value for one that it has.
   *
   * @param name the parameter, a token of RFC 9110, compared by ASCII letters only
   * @param value the value, printable ASCII; it is quoted
   * @return a new challenge
   * @throws IllegalArgumentException if either has a character that isn't allowed
   */
  public Challenge with(String name, String value) {
    if (!Ascii.isToken(name)) {
      throw new IllegalArgumentException("A challenge parameter's name must be a token");
    }
    Objects.requireNonNull(value, "value");
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        throw new IllegalArgumentException(
            "The challenge parameter '"
                + name
                + "' has a character at index "
                + i
                + " that is not printable ASCII");
      }
    }
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.put(Ascii.lower(name), value);
    return new Challenge(scheme, all, prompting);
  }

  /**
   * The same challenge in a form for which browsers open no dialogue: {@code xBasic} for {@code
   * Basic}, and so on. It keeps a 401 valid, and programs that know it can read it. A scheme that
   * browsers don't know is left as it is.
   *
   * @return a challenge whose {@link #scheme()} is the same
   */
  public Challenge unprompted() {
    return new Challenge(scheme, parameters, false);
  }

  /**
   * {@return the auth-scheme that the client should use, without the {@code x} of an unprompted
   * one}
   */
  public String scheme() {
    return scheme;
  }

  /** {@return the realm} */
  public String realm() {
    return parameters.getOrDefault("realm", "");
  }

  /** {@return an unmodifiable map of all parameters by their lower-case names, the realm first} */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** Whether it asks for Basic, in whatever form. */
  boolean isBasic() {
    return Ascii.equalsIgnoreCase(scheme, "Basic");
  }

  /** Whether both are for the same protection space. */
  boolean sameSpace(Challenge other) {
    return Ascii.equalsIgnoreCase(scheme, other.scheme) && realm().equals(other.realm());
  }

  /**
   * Adds this to others. The first challenge of a scheme and realm wins; this one only adds
   * parameters that it lacks.
   */
  void mergeInto(List<Challenge> others) {
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i).sameSpace(this)) {
        others.set(i, others.get(i).merge(this).merge(others.get(i)));
        return;
      }
    }
    others.add(this);
  }

  /** This one with the other's parameters; where both have one, the other's. */
  Challenge merge(Challenge other) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.putAll(other.parameters);
    return new Challenge(scheme, all, prompting);
  }

  /**
   * {@return the value of one {@code WWW-Authenticate} field line, for example {@code Basic
   * realm="api", charset="UTF-8"}}
   */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(64);
    if (!prompting && PROMPTING.contains(Ascii.lower(scheme))) {
      line.append('x');
    }
    line.append(scheme);
    String separator = " ";
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      line.append(separator).append(parameter.getKey()).append("=\"");
      String value = parameter.getValue();
      for (int i = 0; i < value.length(); i++) {
        if (value.charAt(i) == '"' || value.charAt(i) == '\\') {
          line.append('\\');
        }
        line.append(value.charAt(i));
      }
      line.append('"');
      separator = ", ";
    }
    return line.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Challenge that
        && Ascii.equalsIgnoreCase(scheme, that.scheme)
        && parameters.equals(that.parameters)
        && prompting == that.prompting;
  }

  @Override
  public int hashCode() {
    return Objects.hash(Ascii.lower(scheme), parameters, prompting);
  }
}
