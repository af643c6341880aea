package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Fault;
import dev.sallyport.Rejected;
import dev.sallyport.account.Accounts;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs a user up. Whoever signs up gets no roles. */
final class RegisterEndpoint implements Endpoint {
  private final Accounts accounts;
  private final Guard guard;
  private final Entrance entrance;

  RegisterEndpoint(Accounts accounts, Guard guard, Entrance entrance) {
    this.accounts = accounts;
    this.guard = guard;
    this.entrance = entrance;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body)
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
      return created(registered.user());
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

  private static AuthResponse created(User user) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", user.id());
    fields.put("username", user.name());
    return JsonResponse.of(201, fields);
  }
}
