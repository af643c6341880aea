package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Fault;
import dev.sallyport.Logout;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.password.Password;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every account needs, whatever the schemes: sign-up, who am I, a new password, logout. */
final class AccountRoutes {
  private final Accounts accounts;
  private final Guard guard;
  private final Caller caller;
  private final CallerSession session;

  AccountRoutes(Accounts accounts, Guard guard) {
    this.accounts = accounts;
    this.guard = guard;
    this.caller = new Caller(guard);
    this.session = new CallerSession(guard.chain());
  }

  void addTo(Routes routes, String basePath) {
    routes.add("GET", basePath + "/me", this::me);
    routes.add("POST", basePath + "/logout", this::logOut);
  }

  void addRegistrationTo(Routes routes, String basePath) {
    routes.add("POST", basePath + "/register", this::register);
  }

  /** Those that write users who are there already. */
  void addChangesTo(Routes routes, String basePath, Permission endingSessions) {
    routes.add("POST", basePath + "/password", this::changePassword);
    routes.add(
        "POST",
        basePath + "/logout-all",
        (request, body) ->
            logOutEverywhere(caller.manager(request, endingSessions), request, body));
  }

  /** A new user has no roles. */
  private AuthResponse register(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (guard.checkBody(request, "register") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    JsonBody json = JsonBody.read(request, body);
    List<Fault> faults = new ArrayList<>();
    String username = json.text("username", faults);
    String password = json.text("password", faults);
    if (username == null || password == null) {
      throw JsonBody.invalid(withThoseOfTheOther(faults, username, password));
    }
    User user = done(accounts.register(username, Password.of(password), request.client()), request);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", user.id());
    fields.put("username", user.name());
    return JsonResponse.of(201, fields);
  }

  /** The user, if all went well. */
  private User done(AccountResult result, AuthRequest request) throws RefusedRequestException {
    if (result instanceof AccountResult.Invalid invalid) {
      throw JsonBody.invalid(invalid.faults());
    }
    if (result instanceof AccountResult.Refused refused) {
      throw new RefusedRequestException(guard.refuse(request, refused.rejected()));
    }
    return ((AccountResult.Done) result).user();
  }

  /** One field is missing or of the wrong type: faults of the other are reported as well. */
  private List<Fault> withThoseOfTheOther(
      List<Fault> faults, @Nullable String username, @Nullable String password) {
    List<Fault> all = new ArrayList<>(faults);
    if (username != null) {
      all.addAll(0, Username.faults(username));
    } else if (password != null) {
      accounts.faults("", Password.of(password)).stream()
          .filter(fault -> !fault.field().equals("username"))
          .forEach(all::add);
    }
    return all;
  }

  private AuthResponse me(AuthRequest request, InputStream body) throws RefusedRequestException {
    Authenticated who = caller.known(request);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", who.principal().id());
    fields.put("username", who.principal().name());
    fields.put("roles", who.principal().roles().stream().sorted().toList());
    fields.put("scheme", who.scheme());
    fields.put("scopes", JsonResponse.scopes(who.scopes()));
    fields.put("authenticated_at", who.authenticatedAt().map(Instant::toString).orElse(null));
    session.csrfToken(request, who).ifPresent(token -> fields.put("csrf_token", token.reveal()));
    return JsonResponse.of(200, fields);
  }

  private AuthResponse changePassword(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    Authenticated who = caller.manager(request);
    JsonBody json = JsonBody.read(request, body);
    List<Fault> faults = new ArrayList<>();
    String current = json.text("current_password", faults);
    String next = json.text("new_password", faults);
    if (current == null || next == null) {
      throw JsonBody.invalid(withThoseOfNew(next, faults, who));
    }
    AccountResult change =
        accounts.changePassword(
            who.principal().id(),
            Password.of(current),
            Password.of(next),
            request.client(),
            session.id(who));
    return CookieResponse.done(session.renew(request, who, done(change, request)));
  }

  /** There is no current password: faults of the new one are reported as well. */
  private List<Fault> withThoseOfNew(@Nullable String next, List<Fault> faults, Authenticated who) {
    List<Fault> all = new ArrayList<>(faults);
    if (next != null) {
      accounts.faults(who.principal().name(), Password.of(next)).stream()
          .filter(fault -> fault.field().equals("password"))
          .map(fault -> new Fault("new_password", fault.code(), fault.detail()))
          .forEach(all::add);
    }
    return all;
  }

  private AuthResponse logOut(AuthRequest request, InputStream body) {
    try {
      return logOut(request);
    } catch (StoreUnavailableException e) {
      guard.chain().environment().reportOutage("logout", e);
      throw e;
    }
  }

  /** Each scheme of the chain is asked separately, and nothing is ended unless all agree. */
  private AuthResponse logOut(AuthRequest request) {
    List<Logout> plans = new ArrayList<>();
    for (Authenticator member : guard.chain().members()) {
      Logout plan = member.planLogout(request);
      if (plan.refusal().isPresent()) {
        guard.chain().environment().report(plan.refusal().get(), request.clientAddress());
        return guard.refuse(request, plan.refusal().get());
      }
      plans.add(plan);
    }
    plans.forEach(Logout::carryOut);
    return CookieResponse.done(plans.stream().flatMap(plan -> plan.cookies().stream()).toList());
  }

  /** Spares the caller's session if asked to. */
  private AuthResponse logOutEverywhere(Authenticated who, AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    List<Fault> faults = new ArrayList<>();
    boolean keep = JsonBody.readOptional(request, body).flag("keep_current", faults);
    if (!faults.isEmpty()) {
      throw JsonBody.invalid(faults);
    }
    AccountResult change =
        accounts.logOutEverywhere(who.principal().id(), keep ? session.id(who) : null);
    return CookieResponse.done(
        keep && change instanceof AccountResult.Done done
            ? session.renew(request, who, done.user())
            : guard.chain().expiredCookies(who));
  }
}
