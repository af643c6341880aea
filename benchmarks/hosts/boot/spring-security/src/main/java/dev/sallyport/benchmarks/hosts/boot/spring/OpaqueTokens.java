package dev.sallyport.benchmarks.hosts.boot.spring;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/** Tokens in memory, found by their SHA-256. They have no end, and nobody lists or revokes them. */
@Component
class OpaqueTokens implements OpaqueTokenIntrospector {
  private final Map<String, String> names = new ConcurrentHashMap<>();

  String issue(String name) {
    byte[] secret = KeyGenerators.secureRandom(32).generateKey();
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    names.put(digest(token), name);
    return token;
  }

  @Override
  public OAuth2AuthenticatedPrincipal introspect(String token) {
    String name = names.get(digest(token));
    if (name == null) {
      throw new BadOpaqueTokenException("The token is unknown");
    }
    return new DefaultOAuth2AuthenticatedPrincipal(
        name, Map.of("sub", name), AuthorityUtils.NO_AUTHORITIES);
  }

  private static String digest(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
