package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Fault;
import dev.sallyport.Logout;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.AccountChange;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordChange;
import dev.sallyport.account.Registration;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Entrance;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordVerdict;
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

/** What an account needs whatever the schemes are: sign up, who am I, a new password, log out. */
final class AccountRoutes {
  private final Accounts accounts;
  private final Guard guard;
  private final Entrance entrance;
  private final Caller caller;
  private final CallerSession session;

  AccountRoutes(Accounts accounts, Guard guard, Entrance entrance) {
    this.accounts = accounts;
    this.guard = guard;
    this.entrance = entrance;
    this.caller = new Caller(guard);
    this.session = new CallerSession(guard.chain());
  }

  void addTo(Routes routes, String basePath) {
    routes.add("POST", basePath + "/register", this::register);
    routes.add("GET", basePath + "/me", this::me);
    routes.add("POST", basePath + "/password", this::changePassword);
    routes.add("POST", basePath + "/logout", this::logOut);
    routes.add("POST", basePath + "/logout-all", this::logOutEverywhere);
  }

  /** Whoever signs up gets no roles. */
  private AuthResponse register(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (entrance.check(request, "register") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    JsonBody json = JsonBody.read(request, body);
    List<Fault> faults = new ArrayList<>();
    String username = json.text("username", faults);
    String password = json.text("password", faults);
    if (username == null || password == null) {
      throw JsonBody.invalid(withThoseOfTheOther(faults, username, password));
    }
    Registration result = accounts.register(username, Password.of(password), request.client());
    if (result instanceof Registration.Registered registered) {
      User user = registered.user();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("id", user.id());
      fields.put("username", user.name());
      return JsonResponse.of(201, fields);
    }
    if (result instanceof Registration.Invalid invalid) {
      throw JsonBody.invalid(invalid.faults());
    }
    if (result instanceof Registration.Busy busy) {
      return Guard.unavailable(busy.retryAfter());
    }
    if (result instanceof Registration.Throttled throttled) {
      Rejected rejected = Rejected.of("register", PasswordVerdict.THROTTLED);
      return guard.refuse(request, rejected.withRetryAfter(throttled.retryAfter()));
    }
    if (result instanceof Registration.UsernameTaken) {
      throw new RefusedRequestException(
          Problem.of(409, "username_taken", "This username is taken."));
    }
    throw new IllegalStateException("There is no response for " + result.getClass());
  }

  /** One field is missing or of a wrong type: what is wrong with the other is told as well. */
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
    session.csrfToken(request, who).ifPresent(token -> fields.put("csrf_token", token));
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
    PasswordChange change =
        accounts.changePassword(
            who.principal().id(),
            Password.of(current),
            Password.of(next),
            request.client(),
            session.id(who));
    if (change instanceof PasswordChange.Changed changed) {
      return CookieResponse.done(session.renew(request, who, changed.user()));
    }
    if (change instanceof PasswordChange.Invalid invalid) {
      throw JsonBody.invalid(invalid.faults());
    }
    if (change instanceof PasswordChange.Busy busy) {
      return Guard.unavailable(busy.retryAfter());
    }
    if (change instanceof PasswordChange.Refused refused) {
      return refuse(request, refused.verdict());
    }
    if (change instanceof PasswordChange.Superseded) {
      throw new RefusedRequestException(
          Problem.of(
              409, "account_changed", "The account was changed by another request; try again."));
    }
    throw new IllegalStateException("There is no response for " + change.getClass());
  }

  /** There is no current password: what is wrong with the new one is told as well. */
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

  private AuthResponse refuse(AuthRequest request, PasswordVerdict.Refused verdict) {
    return verdict.reason().refusal() == Refusal.INVALID_CREDENTIALS
        ? Problem.of(403, "wrong_password", "The current password is wrong.").toResponse()
        : guard.refuse(request, verdict.rejected("login"));
  }

  private AuthResponse logOut(AuthRequest request, InputStream body) {
    try {
      return logOut(request);
    } catch (StoreUnavailableException e) {
      guard.chain().reportOutage("logout", e);
      throw e;
    }
  }

  /** Every scheme of the chain is asked by itself, and only when none refuses is anything ended. */
  private AuthResponse logOut(AuthRequest request) {
    List<Logout> plans = new ArrayList<>();
    for (Authenticator member : guard.chain().members()) {
      Logout plan = member.planLogout(request);
      if (plan.refusal().isPresent()) {
        guard.chain().report(plan.refusal().get(), request);
        return guard.refuse(request, plan.refusal().get());
      }
      plans.add(plan);
    }
    plans.forEach(Logout::carryOut);
    return CookieResponse.done(plans.stream().flatMap(plan -> plan.cookies().stream()).toList());
  }

  /** If asked to, it spares the caller's session. */
  private AuthResponse logOutEverywhere(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    Authenticated who = caller.manager(request);
    List<Fault> faults = new ArrayList<>();
    boolean keep = JsonBody.readOptional(request, body).flag("keep_current", faults);
    if (!faults.isEmpty()) {
      throw JsonBody.invalid(faults);
    }
    AccountChange change =
        accounts.logOutEverywhere(who.principal().id(), keep ? session.id(who) : null);
    return CookieResponse.done(
        keep && change instanceof AccountChange.Done done
            ? session.renew(request, who, done.user())
            : guard.chain().expiredCookies(who));
  }
}
