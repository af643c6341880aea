package dev.sallyport.spring;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.NotAttempted;
import dev.sallyport.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;

/**
 * Knows the callers of a test's requests by names that nobody can guess, each good for one request.
 */
final class MockCallers implements Authenticator {
  static final String HEADER = "X-Sallyport-Mock-Caller";

  private final Clock clock;
  private final Map<String, Authenticated> callers = new ConcurrentHashMap<>();

  @SuppressWarnings("ThreadLocalUsage") // of one context: tests of another have their own
  private final ThreadLocal<MockCaller> usual = new ThreadLocal<>();

  MockCallers(Clock clock) {
    this.clock = clock;
  }

  String add(Principal principal, @Nullable Set<String> scopes) {
    Authenticated.Builder who =
        Authenticated.builder(principal, name()).epoch(0).authenticatedAt(clock.instant());
    String key = UUID.randomUUID().toString();
    callers.put(key, (scopes == null ? who : who.scopes(scopes)).build());
    return key;
  }

  /** Who this thread's requests come from that don't say it; null for nobody. */
  void setUsual(@Nullable MockCaller caller) {
    if (caller == null) {
      usual.remove();
    } else {
      usual.set(caller);
    }
  }

  MockHttpServletRequest addUsual(MockHttpServletRequest request) {
    MockCaller caller = usual.get();
    return caller == null ? request : caller.postProcessRequest(request);
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    List<String> keys = request.headers(HEADER);
    @Nullable Authenticated who = keys.size() == 1 ? callers.remove(keys.get(0)) : null;
    return who == null ? NotAttempted.NO_CREDENTIALS : who;
  }

  @Override
  public String name() {
    return "mock";
  }
}
