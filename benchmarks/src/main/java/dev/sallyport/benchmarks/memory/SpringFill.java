package dev.sallyport.benchmarks.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;

/** Spring Session's, with the name of the user as their only attribute. */
final class SpringFill implements SessionFill {
  private final Map<String, Session> all = new ConcurrentHashMap<>();
  private final MapSessionRepository sessions = new MapSessionRepository(all);
  private final List<String> users = new ArrayList<>();

  SpringFill(int count) {
    for (int i = 0; i < count; i++) {
      users.add("user" + i);
    }
  }

  @Override
  public void fill(int count) {
    for (int i = 0; i < count; i++) {
      MapSession session = sessions.createSession();
      session.setAttribute("user", users.get(i % users.size()));
      sessions.save(session);
    }
  }

  @Override
  public int size() {
    return all.size();
  }
}
