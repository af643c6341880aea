package com.example.snippets;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Client;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Problem;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopResult;
import dev.sallyport.jwt.key.ExternalSigner;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.JwtLoginResult;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtSigner;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.scheme.Sallyport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** docs/jwt.md and docs/jwt-keys.md. */
public final class JwtSnippets {
  private JwtSnippets() {}

  /** What a host knows of its users besides. */
  public interface Plans {
    /** The plan of a user. */
    String of(String userId);
  }

  /** A chain that issues and takes JWTs. */
  public static AuthenticatorChain issue(Sallyport auth) {
    JwtKeys keys = JwtKeys.generate(auth.environment(), JwsAlgorithm.ES256);
    JwtIssuer issuer = JwtIssuer.of("https://api.example", "https://api.example", keys.signing());
    RefreshFamilies families = RefreshFamilies.of(auth, issuer, keys.refresh());
    AuthenticatorChain chain =
        auth.chain(JwtAuthenticator.of(families), BasicAuthenticator.of(auth));
    return chain;
  }

  /** A login and its renewal. */
  public static TokenPair renew(
      RefreshFamilies families, PasswordResult.Verified login, Client client) {
    TokenPair pair = families.start(login, client).orElseThrow();
    RefreshResult result = families.refresh(pair.refreshToken().reveal());
    if (result instanceof RefreshResult.Refreshed refreshed) {
      return refreshed.tokens();
    }
    throw new IllegalStateException(result.toString());
  }

  /** Claims of the host's own. */
  public static JwtIssuer claims(SigningKeySet signing, Plans plans) {
    JwtIssuer issuer =
        JwtIssuer.builder("https://api.example", "https://api.example", signing)
            .claims(user -> Map.of("plan", plans.of(user.id())))
            .lifetime(Duration.ofMinutes(2))
            .build();
    return issuer;
  }

  /** A logout that holds at once. */
  public static JwtAuthenticator lookUp(RefreshFamilies families) {
    JwtAuthenticator authenticator = JwtAuthenticator.builder().own(families).lookUp().build();
    return authenticator;
  }

  /** Next keys. */
  public static void rotate(SigningKeySet signing, SigningKeySet secrets, SecureRandom random) {
    signing.rotate(SigningKey.generate(JwsAlgorithm.ES256, random), Duration.ofHours(1));
    secrets.rotate(SigningKey.generate(JwsAlgorithm.HS256, random), Duration.ofDays(30));
  }

  /** A key in and out. */
  public static String keys(Path file) throws IOException {
    SigningKey key = Pem.signingKey(JwsAlgorithm.ES256, Files.readString(file));
    String published = Jwk.publicJwk(key.verificationKey());
    String kept = Jwk.privateJwk(key);
    return published + kept;
  }

  /** Another provider. */
  public static SigningKey faster(SigningKey key, Provider provider) {
    SigningKey faster = key.withProvider(provider);
    return faster;
  }

  /** A service that keeps keys. */
  public interface Kms {
    /** An ECDSA signature in DER. */
    byte[] sign(String keyName, byte[] data) throws IOException;
  }

  /** A key that a service keeps. */
  public static SigningKey service(PublicKey open, Kms kms) {
    ExternalSigner signer =
        data -> ExternalSigner.fromDer(JwsAlgorithm.ES256, kms.sign("alias/jwt", data));
    SigningKey key = SigningKey.of(JwsAlgorithm.ES256, open, signer);
    return key;
  }

  /** A verifier alone. */
  public static String verify(JwtVerifier verifier, String token) {
    JwtResult result = verifier.verify(token);
    if (result instanceof VerifiedJwt jwt) {
      return jwt.subject();
    }
    throw new IllegalArgumentException(result.toString());
  }

  /** A download link. */
  public static String link(JwtKeys keys) {
    JwtSigner links =
        JwtSigner.builder("https://api.example", "https://files.example", keys.signing())
            .type("download+jwt")
            .lifetime(Duration.ofMinutes(10))
            .build();
    String token = links.sign("report-7.pdf", Map.of("user", "42")).reveal();
    String link = "https://files.example/get?t=" + token;
    return link + " " + download(links, token);
  }

  private static String download(JwtSigner links, String token) {
    JwtVerifier verifier = links.verifier().build();
    if (verifier.verify(token) instanceof VerifiedJwt jwt) {
      return jwt.subject();
    }
    throw new IllegalArgumentException("not a link of ours");
  }

  /** A service calls another. */
  public static String call(SigningKeySet keys) {
    JwtSigner calls =
        JwtSigner.builder("https://orders.example", "https://billing.example", keys)
            .type("call+jwt")
            .lifetime(Duration.ofMinutes(1))
            .build();
    String authorization = "Bearer " + calls.sign("orders", Map.of("scope", "refund")).reveal();
    return authorization;
  }

  /** The service that is called. */
  public static JwtAuthenticator called(AuthEnvironment environment) {
    URI published = URI.create("https://orders.example/.well-known/jwks.json");
    RemoteKeySet keys = RemoteKeySet.builder(environment, published).build();
    JwtVerifier calls =
        JwtVerifier.builder(keys)
            .issuer("https://orders.example")
            .audience("https://billing.example")
            .type("call+jwt")
            .build();
    JwtAuthenticator authenticator =
        JwtAuthenticator.of(TrustedIssuer.of(calls).withScopes("scope"));
    return authenticator;
  }

  /** Tokens that are bound to a key. */
  public static AuthenticatorChain bound(Sallyport auth, JwtIssuer issuer, JwtKeys keys) {
    RefreshFamilies families =
        RefreshFamilies.builder(auth, issuer, keys.refresh()).dpop(DpopPolicy.allowed()).build();
    AuthenticatorChain chain = auth.chain(JwtAuthenticator.of(families));
    return chain;
  }

  /** Proofs of which none can be made in advance. */
  public static DpopPolicy nonces() {
    DpopPolicy policy =
        DpopPolicy.required()
            .withNonces(Duration.ofMinutes(5))
            .withAlgorithms(JwsAlgorithm.ES256, JwsAlgorithm.EDDSA);
    return policy;
  }

  /** A login handler of the host's own. */
  public static AuthResponse boundLogin(
      RefreshFamilies families, AuthRequest request, PasswordResult.Verified verified) {
    DpopResult proof = families.dpop().orElseThrow().check(request);
    if (proof instanceof DpopResult.Refused refused) {
      return Problem.of(400, refused.refusal().code(), "The proof is not valid.").toResponse();
    }
    JwtLoginResult login =
        proof instanceof DpopProof right
            ? families.boundTo(right).start(verified, request.client())
            : families.start(verified, request.client());
    return new AuthResponse(200, List.of(), login.orElseThrow().tokenType());
  }
}
