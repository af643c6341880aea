package dev.sallyport.jwt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys as an issuer publishes them (RFC 7517 section 5).
 *
 * <pre>{@code
 * List<VerificationKey> keys = JwkSet.verificationKeys(json);
 * }</pre>
 */
public final class JwkSet {
  static final int MAX_KEYS = 100;

  private JwkSet() {}

  /**
   * Reads what another issuer has published. Keys that are not for signatures, of kinds that nobody
   * here knows, or not fit, are passed over (RFC 7517 section 5); a key for RSA that names no
   * {@code alg} is for RS256.
   *
   * @param json the set
   * @return its keys in their order, possibly none
   * @throws IllegalArgumentException if it is no such set, has more than 100 keys, an id twice or a
   *     secret
   */
  public static List<VerificationKey> verificationKeys(String json) {
    List<VerificationKey> keys = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JwkFields fields : members(json)) {
      String id = fields.text("kid");
      if (id != null && !ids.add(id)) {
        throw new IllegalArgumentException("A key set has each 'kid' once");
      }
      read(fields).ifPresent(keys::add);
    }
    return List.copyOf(keys);
  }

  private static Optional<VerificationKey> read(JwkFields fields) {
    String type = fields.required("kty");
    if (type.equals("oct")) {
      throw new IllegalArgumentException("A key set that is published holds no secrets");
    }
    try {
      Optional<JwsAlgorithm> algorithm = algorithm(fields, type);
      return algorithm.isPresent() && fields.isToVerify()
          ? Optional.of(JwkReader.verificationKey(fields, algorithm.get()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a key that is not fit is no reason to keep one that was withdrawn
    }
  }

  /** Empty for what is none of ours: another kind of key, or one to encrypt with. */
  private static Optional<JwsAlgorithm> algorithm(JwkFields fields, String type) {
    String named = fields.text("alg");
    if (named != null) {
      return JwsAlgorithm.named(named);
    }
    return type.equals("RSA") ? Optional.of(JwsAlgorithm.RS256) : JwkReader.ofCurve(fields);
  }

  /** The members of a set, each still as it is. */
  static List<JwkFields> members(String json) {
    Members members = new Members();
    try {
      StrictJson.readObject(json.getBytes(StandardCharsets.UTF_8), members);
      return members.all();
    } catch (IOException e) {
      throw malformed();
    }
  }

  /** The members of a set that stands in another object. */
  static List<JwkFields> members(StrictJson object) throws IOException {
    Members members = new Members();
    object.members(members);
    return members.all();
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "A key set is one JSON object with a list of at most " + MAX_KEYS + " JWKs in 'keys'");
  }

  private static final class Members implements StrictJson.Member {
    private @Nullable List<JwkFields> all;

    @Override
    public void read(String name, StrictJson value) throws IOException {
      if (!name.equals("keys")) {
        value.skip();
        return;
      }
      List<JwkFields> read = new ArrayList<>();
      value.elements(
          element -> {
            read.add(JwkFields.read(element));
            if (read.size() > MAX_KEYS) {
              throw new IOException("too many keys");
            }
          });
      all = read;
    }

    List<JwkFields> all() throws IOException {
      if (all == null) {
        throw new IOException("no keys");
      }
      return all;
    }
  }

  /**
   * Writes the public parts of keys, to be published.
   *
   * @param keys public keys
   * @return the set
   * @throws IllegalArgumentException if one is a secret
   */
  public static String publicJwkSet(Collection<VerificationKey> keys) {
    return write(keys.stream().map(Jwk::publicJwk).toList());
  }

  static String write(List<String> jwks) {
    return jwks.stream().collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }
}
