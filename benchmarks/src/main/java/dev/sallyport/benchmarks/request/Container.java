package dev.sallyport.benchmarks.request;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What a servlet container does for a request with a session: a look-up by the cookie's value. */
final class Container {
  private final Map<String, StubSession> sessions = new ConcurrentHashMap<>();

  /** A new session; {@link Credential#SESSION_COOKIE} finds it. */
  StubSession begin() {
    StubSession session = new StubSession(UUID.randomUUID().toString(), sessions::remove);
    sessions.put(session.getId(), session);
    return session;
  }

  /** The session of this id, or null. */
  StubSession find(String id) {
    return sessions.get(id);
  }
}
