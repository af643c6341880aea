package dev.sallyport.benchmarks.request;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A session that is a map. It does not expire, and nobody asks when it was used. */
final class StubSession implements HttpSession {
  private final Map<String, Object> attributes = new ConcurrentHashMap<>();
  private final long created = System.currentTimeMillis();
  private final String id;
  private final Consumer<String> end;

  StubSession(String id, Consumer<String> end) {
    this.id = id;
    this.end = end;
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public Object getAttribute(String name) {
    return attributes.get(name);
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    return Collections.enumeration(attributes.keySet());
  }

  @Override
  public void setAttribute(String name, Object value) {
    attributes.put(name, value);
  }

  @Override
  public void removeAttribute(String name) {
    attributes.remove(name);
  }

  @Override
  public void invalidate() {
    end.accept(id);
  }

  @Override
  public boolean isNew() {
    return false;
  }

  @Override
  public long getCreationTime() {
    return created;
  }

  @Override
  public long getLastAccessedTime() {
    return created;
  }

  @Override
  public int getMaxInactiveInterval() {
    return 1800;
  }

  @Override
  public void setMaxInactiveInterval(int interval) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServletContext getServletContext() {
    throw new UnsupportedOperationException();
  }
}
