package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Fault;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Issues opaque tokens; lists the caller's and revokes them. */
final class TokenRoutes {
  private final TokenAuthenticator authenticator;
  private final Tokens tokens;
  private final Guard guard;
  private final PasswordLogin logins;
  private final Caller caller;

  TokenRoutes(TokenAuthenticator authenticator, Guard guard, PasswordLogin logins) {
    this.authenticator = authenticator;
    this.tokens = authenticator.tokens();
    this.guard = guard;
    this.logins = logins;
    this.caller = new Caller(guard);
  }

  void addTo(Routes routes, String path) {
    routes.add("POST", path, Endpoint.hashing(this::create));
    routes.add("GET", path, this::list);
    routes.addItem("DELETE", path, this::revoke);
  }

  /** For a caller who sends a password or is already authenticated. */
  private AuthResponse create(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (guard.checkBody(request, "token") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    JsonBody json = JsonBody.readOptional(request, body);
    if (json.has("username") || json.has("password")) {
      return createByPassword(request, json);
    }
    Authenticated who = caller.manager(request);
    List<Fault> faults = new ArrayList<>();
    NewToken wanted = wanted(request, json, faults);
    if (wanted == null) {
      throw JsonBody.invalid(faults);
    }
    return answer(request, tokens.issue(who, wanted));
  }

  /** The chain does not run, so that nothing else in the request matters. */
  private AuthResponse createByPassword(AuthRequest request, JsonBody json)
      throws RefusedRequestException {
    List<Fault> faults = new ArrayList<>();
    NewToken wanted = wanted(request, json, faults);
    PasswordResult.Verified login = logins.verify(request, json, faults);
    return answer(request, tokens.issue(login, Objects.requireNonNull(wanted, "no fault")));
  }

  private static @Nullable NewToken wanted(AuthRequest request, JsonBody json, List<Fault> faults) {
    String label = json.optionalText("label", faults);
    List<String> scopes = json.texts("scopes", faults);
    Long seconds = json.wholeNumber("expires_in", faults);
    if (label != null) {
      NewToken.labelFault(label).ifPresent(faults::add);
    }
    NewToken.scopesFault(scopes).ifPresent(faults::add);
    if (json.isEmptyList("scopes")) {
      faults.add(
          new Fault(
              "scopes",
              "required",
              "Name at least one scope; leave the field out to ask for no restriction."));
    }
    if (seconds != null && (seconds < 1 || seconds > Lifetime.MAX.toSeconds())) {
      faults.add(
          new Fault(
              "expires_in",
              "out_of_range",
              "A token can live 1 to " + Lifetime.MAX.toSeconds() + " seconds."));
    }
    if (!faults.isEmpty()) {
      return null;
    }
    NewToken wanted =
        NewToken.labelled(label == null ? NewToken.DEFAULT_LABEL : label)
            .client(request.client().userAgent());
    wanted = scopes.isEmpty() ? wanted : wanted.scopes(scopes);
    return seconds == null ? wanted : wanted.lifetime(Lifetime.of(Duration.ofSeconds(seconds)));
  }

  private AuthResponse answer(AuthRequest request, TokenResult issuance)
      throws RefusedRequestException {
    if (issuance instanceof TokenResult.Issued issued) {
      caller.endFormer(request, authenticator);
      Map<String, Object> fields = described(issued.record());
      if (issued.cookie().isEmpty()) {
        fields.put("token", issued.token().reveal());
      }
      return CookieResponse.with(JsonResponse.of(201, fields), issued.cookie().stream().toList());
    }
    if (issuance instanceof TokenResult.TooLong) {
      throw new RefusedRequestException(guard.refuseUntilReauthenticated(request));
    }
    if (issuance instanceof TokenResult.TooBroad) {
      throw JsonBody.invalid(
          List.of(
              new Fault(
                  "scopes",
                  "too_broad",
                  "A new token can't have scopes that the token used to create it lacks.")));
    }
    if (issuance instanceof TokenResult.TooMany) {
      throw new RefusedRequestException(
          Problem.of(409, "too_many_tokens", "The user has reached the maximum number of tokens."));
    }
    throw new IllegalStateException("There is no response for " + issuance.getClass());
  }

  private AuthResponse list(AuthRequest request, InputStream body) throws RefusedRequestException {
    Authenticated who = caller.manager(request);
    List<Map<String, Object>> listed =
        tokens.list(who.principal().id()).stream().map(record -> fields(record, who)).toList();
    return JsonResponse.of(200, Map.of("tokens", listed));
  }

  private static Map<String, Object> fields(TokenRecord record, Authenticated who) {
    Map<String, Object> fields = described(record);
    fields.put("client", record.client());
    fields.put("created_at", record.createdAt().toString());
    fields.put("last_seen_at", record.lastSeenAt().toString());
    fields.put("current", Caller.isCurrent(who, record.id()));
    return fields;
  }

  /** The fields that describe a token, in lists and when it is issued. */
  private static Map<String, Object> described(TokenRecord record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", record.id());
    fields.put("label", record.label());
    fields.put("scopes", JsonResponse.scopes(record.scopes()));
    fields.put("expires_at", record.endsAt().map(Instant::toString).orElse(null));
    return fields;
  }

  private AuthResponse revoke(AuthRequest request, InputStream body)
      throws RefusedRequestException {
    Authenticated who = caller.manager(request);
    String id = Routes.id(request);
    if (!tokens.revoke(who.principal().id(), id)) {
      throw Routes.notFound();
    }
    return caller.ended(who, id);
  }
}
