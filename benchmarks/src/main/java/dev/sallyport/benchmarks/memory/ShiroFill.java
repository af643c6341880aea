package dev.sallyport.benchmarks.memory;

import java.util.ArrayList;
import java.util.List;
import org.apache.shiro.session.mgt.DefaultSessionKey;
import org.apache.shiro.session.mgt.DefaultSessionManager;
import org.apache.shiro.session.mgt.eis.MemorySessionDAO;

/** Shiro's, with the name of the user as their only attribute. */
final class ShiroFill implements SessionFill {
  private final MemorySessionDAO all = new MemorySessionDAO();
  private final DefaultSessionManager sessions = new DefaultSessionManager();
  private final List<String> users = new ArrayList<>();

  ShiroFill(int count) {
    sessions.setSessionDAO(all);
    sessions.setSessionValidationSchedulerEnabled(false);
    for (int i = 0; i < count; i++) {
      users.add("user" + i);
    }
  }

  @Override
  public void fill(int count) {
    for (int i = 0; i < count; i++) {
      DefaultSessionKey key = new DefaultSessionKey(sessions.start(null).getId());
      sessions.setAttribute(key, "user", users.get(i % users.size()));
    }
  }

  @Override
  public int size() {
    return all.getActiveSessions().size();
  }
}
