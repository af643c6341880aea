package com.example.snippets;

import dev.sallyport.jwt.IssuerFinder;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.scheme.Sallyport;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** docs/jwt-issuers.md, but for introspection. */
public final class IssuerSnippets {
  private IssuerSnippets() {}

  /** An issuer that publishes where its keys are. */
  public static JwtAuthenticator trust(Sallyport auth, RefreshFamilies families) {
    JwtVerifier verifier =
        JwtVerifier.discovering(auth.environment(), "https://idp.example")
            .audience("https://api.example")
            .build();
    TrustedIssuer idp = TrustedIssuer.of(verifier).withRoles("groups").withScopes("scope");
    JwtAuthenticator authenticator = JwtAuthenticator.builder().own(families).trust(idp).build();
    return authenticator;
  }

  /** An issuer whose keys are at a known URL. */
  public static JwtVerifier published(Sallyport auth) {
    URI published = URI.create("https://idp.example/.well-known/jwks.json");
    RemoteKeySet keys = RemoteKeySet.builder(auth.environment(), published).build();
    JwtVerifier verifier = JwtVerifier.of("https://idp.example", "https://api.example", keys);
    return verifier;
  }

  /** Keycloak. */
  public static TrustedIssuer keycloak(VerificationKeys keys) {
    JwtVerifier keycloak =
        JwtVerifier.builder(keys)
            .issuer("https://id.example/realms/main")
            .audience("my-api")
            .type("JWT")
            .require("typ", "Bearer")
            .require("azp", "web", "mobile")
            .build();
    TrustedIssuer realm =
        TrustedIssuer.of(keycloak)
            .withRoles("resource_access", "my-api", "roles")
            .withScopes("scope")
            .withName("preferred_username");
    return realm;
  }

  /** Auth0. */
  public static TrustedIssuer auth0(VerificationKeys keys) {
    JwtVerifier auth0 =
        JwtVerifier.builder(keys)
            .issuer("https://tenant.eu.auth0.com/")
            .audience("https://api.example")
            .type("JWT")
            .require("azp", "kXcl0oQ7sC8mJ5T0DpZ1")
            .build();
    TrustedIssuer tenant = TrustedIssuer.of(auth0).withScopes("permissions");
    return tenant;
  }

  /** Entra ID. */
  public static TrustedIssuer entra(VerificationKeys keys) {
    String tenant = "8d3b2a51-4c0f-4f6e-9a57-1f0c6f4d2b7e";
    JwtVerifier entra =
        JwtVerifier.builder(keys)
            .issuer("https://login.microsoftonline.com/" + tenant + "/v2.0")
            .audience("5b7c1b9e-0d3e-4a35-8f0a-6c2f1e9d7a44")
            .type("JWT")
            .require("tid", tenant)
            .require("azp", "c1f0a3de-6b7d-4a0e-b1c4-2f7f6a9d8e10")
            .build();
    TrustedIssuer directory =
        TrustedIssuer.of(entra).withRoles("roles").withScopes("scp").withName("preferred_username");
    return directory;
  }

  /** Amazon Cognito. */
  public static TrustedIssuer cognito(VerificationKeys keys) {
    JwtVerifier cognito =
        JwtVerifier.builder(keys)
            .issuer("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI")
            .acceptWithoutAudience()
            .require("client_id", "4fj2k0l8d7s6a5", "7hq9w8e7r6t5y4")
            .require("token_use", "access")
            .acceptAnyType()
            .build();
    TrustedIssuer pool =
        TrustedIssuer.of(cognito)
            .withRoles("cognito:groups")
            .withScopes("scope")
            .withName("username");
    return pool;
  }

  /** Google. */
  public static TrustedIssuer google(VerificationKeys keys) {
    JwtVerifier google =
        JwtVerifier.builder(keys)
            .issuer("https://accounts.google.com")
            .audience("1234987819200.apps.googleusercontent.com")
            .type("JWT")
            .require("hd", "example.com")
            .build();
    TrustedIssuer workspace = TrustedIssuer.of(google).withName("email");
    return workspace;
  }

  /** A row of the host's table. */
  public record Tenant(String issuer, String audience) {}

  /** Tenants that come and go. */
  public static JwtAuthenticator tenants(
      Sallyport auth, HttpClient client, Function<String, Optional<Tenant>> table) {
    Function<Tenant, TrustedIssuer> trust =
        tenant -> {
          RemoteKeySet keys =
              RemoteKeySet.discovering(auth.environment(), tenant.issuer()).client(client).build();
          return TrustedIssuer.of(JwtVerifier.of(tenant.issuer(), tenant.audience(), keys));
        };
    Map<Tenant, TrustedIssuer> known = new ConcurrentHashMap<>();
    IssuerFinder tenants =
        IssuerFinder.of(
            auth.environment(),
            iss -> table.apply(iss).map(tenant -> known.computeIfAbsent(tenant, trust)));
    JwtAuthenticator authenticator = JwtAuthenticator.builder().trust(tenants).build();
    return authenticator;
  }
}
