package dev.sallyport.demo;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.Challenge;
import dev.sallyport.Logout;
import dev.sallyport.Reason;
import dev.sallyport.SetCookie;
import dev.sallyport.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A member of the chain that writes into the trace of the request, if there is one. */
record TracedAuthenticator(Authenticator member, Traces traces) implements Authenticator {
  @Override
  public AuthResult authenticate(AuthRequest request) {
    RequestTrace trace = traces.current();
    if (trace == null) {
      return member.authenticate(request);
    }
    long begin = System.nanoTime();
    try {
      AuthResult result = member.authenticate(request);
      trace.said(name(), result, System.nanoTime() - begin);
      return result;
    } catch (StoreUnavailableException e) {
      trace.step(name(), "outage", "store_unavailable", System.nanoTime() - begin);
      throw e;
    }
  }

  @Override
  public Logout planLogout(AuthRequest request) {
    RequestTrace trace = traces.current();
    if (trace == null) {
      return member.planLogout(request);
    }
    long begin = System.nanoTime();
    Logout plan = member.planLogout(request);
    String refused = plan.refusal().map(found -> found.reason()).map(Reason::name).orElse("");
    trace.step(name(), "logout", refused, System.nanoTime() - begin);
    return plan;
  }

  @Override
  public String name() {
    return member.name();
  }

  @Override
  public Set<String> authSchemes() {
    return member.authSchemes();
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return member.challenges(request);
  }

  @Override
  public List<SetCookie> expiredCookies() {
    return member.expiredCookies();
  }

  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    return member.unwrap(type);
  }

  @Override
  public String toString() {
    return member.toString();
  }
}
