package com.example.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Client;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.JwtLoginResult;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/jwt.md and docs/jwt-keys.md works. */
class JwtSnippetsTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "test");

  private final AccountStore users = CredentialStore.inMemory();
  private final TokenStore store = TokenStore.inMemory();
  private final CheapHasher hasher = CheapHasher.create();
  private final User alice =
      User.builder("1", "alice")
          .passwordHash(hasher.hash(Password.of("names sallyport"), new SecureRandom()))
          .build();
  private final Sallyport auth =
      Sallyport.of(users, store).withPasswords(passwords -> passwords.hasher(hasher));
  @TempDir private Path folder;

  JwtSnippetsTest() {
    users.insert(alice);
  }

  private static AuthResult bearer(AuthenticatorChain chain, TokenPair pair) {
    Secrets.remember(pair.accessToken().reveal());
    return chain.authenticate(
        TestRequest.get("/")
            .header("Authorization", "Bearer " + pair.accessToken().reveal())
            .build());
  }

  private static RefreshFamilies families(AuthenticatorChain chain) {
    return chain.member(JwtAuthenticator.class).orElseThrow().families().orElseThrow();
  }

  @Test
  @DisplayName("docs/jwt.md: issue, renew, look up")
  void issues() {
    AuthenticatorChain chain = JwtSnippets.issue(auth);
    PasswordResult verdict =
        auth.passwords().verify("alice", Password.of("names sallyport"), CLIENT);
    TokenPair pair = JwtSnippets.renew(families(chain), (PasswordResult.Verified) verdict, CLIENT);
    assertThat(bearer(chain, pair)).isInstanceOf(Authenticated.class);
    AuthenticatorChain asking = AuthenticatorChain.of(JwtSnippets.lookUp(families(chain)));
    assertThat(bearer(asking, pair)).isInstanceOf(Authenticated.class);
    families(chain).revoke(pair.refreshToken().reveal());
    assertThat(bearer(asking, pair)).isNotInstanceOf(Authenticated.class);
    assertThat(bearer(AuthenticatorChain.of(IssuerSnippets.trust(auth, families(chain))), pair))
        .isInstanceOf(Authenticated.class);
  }

  @Test
  @DisplayName("docs/jwt.md: tokens that are bound to a key")
  void bound() {
    JwtKeys keys = JwtKeys.generate(AuthEnvironment.standard(), JwsAlgorithm.ES256);
    JwtIssuer issuer = JwtIssuer.of("https://api.example", "https://api.example", keys.signing());
    AuthenticatorChain chain = JwtSnippets.bound(auth, issuer, keys);
    assertThat(chain.authSchemes()).containsExactlyInAnyOrder("Bearer", "DPoP");
    assertThat(JwtSnippets.nonces()).hasToString("DpopPolicy[required]");
    PasswordResult.Verified verified =
        (PasswordResult.Verified)
            auth.passwords().verify("alice", Password.of("names sallyport"), CLIENT);
    TestRequest login = TestRequest.post("/login");
    assertThat(JwtSnippets.boundLogin(families(chain), login.build(), verified).body())
        .isEqualTo("Bearer");
    assertThat(
            JwtSnippets.boundLogin(
                    families(chain), login.header("DPoP", "no proof").build(), verified)
                .status())
        .isEqualTo(400);
  }

  @Test
  @DisplayName("docs/jwt.md: claims of the host's own, other keys, a verifier alone")
  void claims() {
    JwtKeys keys = JwtKeys.generate(AuthEnvironment.standard(), JwsAlgorithm.ES256);
    JwtIssuer issuer = JwtSnippets.claims(keys.signing(), id -> "plan of " + id);
    RefreshFamilies families = RefreshFamilies.of(auth, issuer, keys.refresh());
    JwtSnippets.rotate(keys.signing(), keys.refresh(), RANDOM);
    JwtLoginResult login = families.start(alice, Instant.now(), CLIENT, null);
    AuthResult who =
        bearer(AuthenticatorChain.of(JwtAuthenticator.of(families)), login.orElseThrow());
    assertThat(((Authenticated) who).attributes()).isEqualTo(Map.of("plan", "plan of 1"));
    String token = login.orElseThrow().accessToken().reveal();
    assertThat(JwtSnippets.verify(issuer.verifier().build(), token)).isEqualTo("1");
    assertThat(families.refresh("anything")).isInstanceOf(RefreshResult.Refused.class);
  }

  @Test
  @DisplayName("docs/jwt-keys.md: keys go out and come in")
  void keys() throws Exception {
    SigningKey key = SigningKey.generate(JwsAlgorithm.ES256, RANDOM);
    Path pem = folder.resolve("key.pem");
    Files.writeString(pem, Pem.privatePem(key));
    assertThat(JwtSnippets.keys(pem)).contains("\"kty\":\"EC\"", "\"d\":");
    assertThat(JwtSnippets.faster(key, Security.getProvider("SunEC")).algorithm())
        .isEqualTo(JwsAlgorithm.ES256);
  }

  @Test
  @DisplayName("docs/jwt-keys.md: a service signs")
  void service() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    SigningKey key =
        JwtSnippets.service(
            pair.getPublic(),
            (name, data) -> {
              try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(pair.getPrivate());
                signature.update(data);
                return signature.sign();
              } catch (GeneralSecurityException e) {
                throw new IOException(e);
              }
            });
    byte[] content = {1, 2, 3};
    assertThat(key.verificationKey().verifies(content, content.length, key.sign(content))).isTrue();
  }

  @Test
  @DisplayName("docs/jwt.md: claims of one's own, in a link and in a call")
  void ownClaims() {
    JwtKeys keys = JwtKeys.generate(auth.environment(), JwsAlgorithm.ES256);
    assertThat(JwtSnippets.link(keys))
        .startsWith("https://files.example/get?t=ey")
        .endsWith(" report-7.pdf");
    SigningKeySet orders = SigningKeySet.of(SigningKey.generate(JwsAlgorithm.ES256, RANDOM));
    assertThat(JwtSnippets.call(orders)).startsWith("Bearer ey");
    assertThat(JwtSnippets.called(auth.environment()).toString()).contains("orders.example");
  }
}
