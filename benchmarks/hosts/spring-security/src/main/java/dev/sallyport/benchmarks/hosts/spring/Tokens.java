package dev.sallyport.benchmarks.hosts.spring;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/** Opaque tokens in memory, found by their SHA-256, as a store that keeps no secrets would. */
final class Tokens implements OpaqueTokenIntrospector {
  private final Map<String, OAuth2AuthenticatedPrincipal> users = new ConcurrentHashMap<>();

  String issue(String name) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    users.put(
        digest(token),
        new DefaultOAuth2AuthenticatedPrincipal(
            name, Map.of("sub", name), AuthorityUtils.NO_AUTHORITIES));
    return token;
  }

  @Override
  public OAuth2AuthenticatedPrincipal introspect(String token) {
    OAuth2AuthenticatedPrincipal user = users.get(digest(token));
    if (user == null) {
      throw new BadOpaqueTokenException("Unknown");
    }
    return user;
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
