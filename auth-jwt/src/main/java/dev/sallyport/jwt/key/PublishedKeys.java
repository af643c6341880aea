package dev.sallyport.jwt.key;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.StrictText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A JWK Set of another issuer, read member by member: one that can't be used is skipped, with a
 * reason, without affecting the others (RFC 7517 section 5).
 */
final class PublishedKeys {
  private static final int MAX_TEXT = 200;

  /** Checks only the syntax: the content of a member is checked when the member is read. */
  private static final JsonFactory SYNTAX =
      new JsonFactoryBuilder()
          .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final List<VerificationKey> keys = new ArrayList<>();
  private final List<PassedOver> passedOver = new ArrayList<>();
  private final UnaryOperator<VerificationKey> adopt;

  /** A member that can't be used: its {@code kid}, if it could be read, and why. */
  record PassedOver(@Nullable String keyId, String reason) {
    PassedOver {
      keyId = keyId == null ? null : clipped(keyId);
      reason = clipped(reason);
    }

    private static String clipped(String text) {
      return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    }
  }

  private PublishedKeys(UnaryOperator<VerificationKey> adopt) {
    this.adopt = adopt;
  }

  /**
   * Reads a set.
   *
   * @param adopt returns the key to use instead of the one that was read, or throws {@link
   *     IllegalArgumentException} if there is none
   * @throws IllegalArgumentException if it is not a JWK Set, or has more than 100 members
   */
  static PublishedKeys read(byte[] utf8, UnaryOperator<VerificationKey> adopt) {
    PublishedKeys set = new PublishedKeys(adopt);
    try {
      members(utf8).forEach(set::add);
    } catch (IOException e) {
      throw JwkSet.malformed();
    }
    return set;
  }

  /** The usable keys, in their order. */
  List<VerificationKey> keys() {
    return List.copyOf(keys);
  }

  List<PassedOver> passedOver() {
    return List.copyOf(passedOver);
  }

  /** The text of each member of {@code keys}; empty for a member that is not an object. */
  private static List<String> members(byte[] utf8) throws IOException {
    String text = StrictText.decode(utf8);
    List<String> members = null;
    try (JsonParser parser = SYNTAX.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (!name.equals("keys")) {
          parser.skipChildren();
        } else if (members != null || value != JsonToken.START_ARRAY) {
          throw new IOException("not one list of keys");
        } else {
          members = elements(parser, text);
        }
      }
      if (members == null || parser.nextToken() != null) {
        throw new IOException("no keys, or something behind the object");
      }
    }
    return members;
  }

  private static List<String> elements(JsonParser parser, String text) throws IOException {
    List<String> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
      int start = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      int end = (int) parser.currentLocation().getCharOffset();
      elements.add(isObject ? text.substring(start, end) : "");
      if (elements.size() > JwkSet.MAX_KEYS) {
        throw new IOException("too many keys");
      }
    }
    return elements;
  }

  private void add(String member) {
    String keyId = null;
    try {
      JsonObject jwk = JwkFields.object(member);
      keyId = jwk.text("kid");
      VerificationKey key = adopt.apply(key(JwkFields.of(jwk)));
      requireOther(key);
      keys.add(key);
    } catch (IllegalArgumentException e) {
      passedOver.add(new PassedOver(keyId, String.valueOf(e.getMessage())));
    }
  }

  private static VerificationKey key(JwkFields fields) {
    boolean isRsa = fields.required("kty").equals("RSA");
    if (fields.isSecret()) {
      throw new IllegalArgumentException(
          "The JWK set contains a secret, and anybody can read it there");
    }
    return JwkReader.verificationKey(
        fields, isRsa && fields.text("alg") == null ? JwsAlgorithm.RS256 : null);
  }

  /** A token must select exactly one key: the first with its id and algorithm. */
  private void requireOther(VerificationKey key) {
    for (VerificationKey other : keys) {
      if (key.isSame(other) || (key.keyId().isPresent() && key.isMeantLike(other))) {
        throw new IllegalArgumentException("Another key in the set has this 'kid' and algorithm");
      }
    }
  }
}
