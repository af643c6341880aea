package com.example.http;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.util.function.UnaryOperator;

/** A {@link Site} whose chain takes opaque tokens as well, first of all. */
final class TokenSite {
  final Site site = new Site();
  final Tokens tokens;
  final AuthEndpoints endpoints;

  TokenSite() {
    this(builder -> builder);
  }

  TokenSite(UnaryOperator<Tokens.Builder> options) {
    tokens =
        options
            .apply(
                Tokens.builder(
                    Sallyport.of(
                        AuthEnvironment.standard()
                            .withClock(site.clock)
                            .withListener(site.listener),
                        site.users,
                        site.tokens)))
            .build();
    endpoints =
        site.endpoints(site.guardOf(TokenAuthenticator.of(tokens), site.basic, site.session));
    site.user("alice");
  }

  /** A program: it says nothing of where its requests come from. */
  Browser program() {
    return Browser.silentAt(endpoints);
  }

  Browser page() {
    return Browser.at(endpoints);
  }

  Browser with(String token) {
    return program().always("Authorization", "Bearer " + token);
  }

  static String json(String more) {
    return "{\"username\":\"alice\",\"password\":\"" + Site.PASSWORD + "\"" + more + "}";
  }

  AuthResponse make(String more) {
    return program().post("/auth/tokens", json(more));
  }

  /** The token of a 201. */
  static String token(AuthResponse made) {
    String token = Answers.json(made).path("token").textValue();
    Secrets.remember(token);
    return token;
  }
}
