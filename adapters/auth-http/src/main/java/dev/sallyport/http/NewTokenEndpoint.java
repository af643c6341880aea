package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Fault;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Entrance;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.token.Issuance;
import dev.sallyport.token.Lifetime;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes an opaque token, for who knows the password or is authenticated already. */
final class NewTokenEndpoint implements Endpoint {
  private final Tokens tokens;
  private final PasswordLogin logins;
  private final Guard guard;
  private final Entrance entrance;
  private final TokenCookies cookies;

  NewTokenEndpoint(
      Tokens tokens, PasswordLogin logins, Guard guard, Entrance entrance, TokenCookies cookies) {
    this.tokens = tokens;
    this.logins = logins;
    this.guard = guard;
    this.entrance = entrance;
    this.cookies = cookies;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (entrance.check(request, "token") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    JsonBody json = JsonBody.readOptional(request, body);
    if (json.has("username") || json.has("password")) {
      return byPassword(request, json);
    }
    Authenticated who = new Caller(guard).manager(request);
    List<Fault> faults = new ArrayList<>();
    NewToken wanted = wanted(request, json, faults);
    if (wanted == null) {
      throw JsonBody.invalid(faults);
    }
    return answer(request, tokens.issue(who, wanted));
  }

  /** The chain does not run, so that what else the request carries decides nothing. */
  private AuthResponse byPassword(AuthRequest request, JsonBody json)
      throws RefusedRequestException {
    List<Fault> faults = new ArrayList<>();
    NewToken wanted = wanted(request, json, faults);
    PasswordVerdict.Verified login = logins.verify(request, json, faults);
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

  private AuthResponse answer(AuthRequest request, Issuance issuance)
      throws RefusedRequestException {
    if (issuance instanceof Issuance.Issued issued) {
      cookies.endFormer(request);
      Map<String, Object> fields = TokensEndpoint.described(issued.record());
      if (issued.cookie().isPresent()) {
        return BrowserSessions.with(JsonResponse.of(201, fields), issued.cookie().get());
      }
      fields.put("token", issued.token());
      return JsonResponse.of(201, fields);
    }
    if (issuance instanceof Issuance.TooLong) {
      throw new RefusedRequestException(guard.refuseUntilReauthenticated(request));
    }
    if (issuance instanceof Issuance.TooBroad) {
      throw JsonBody.invalid(
          List.of(
              new Fault(
                  "scopes",
                  "too_broad",
                  "A new token can't have scopes that the token used to create it lacks.")));
    }
    if (issuance instanceof Issuance.TooMany) {
      throw new RefusedRequestException(
          Problem.of(409, "too_many_tokens", "The user has reached the maximum number of tokens."));
    }
    throw new IllegalStateException("There is no response for " + issuance.getClass());
  }
}
