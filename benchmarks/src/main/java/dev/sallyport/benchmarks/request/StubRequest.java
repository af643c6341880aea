package dev.sallyport.benchmarks.request;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request with three header fields and maybe a credential. Everybody gets the same, and it does
 * as little as it can.
 */
final class StubRequest extends PageRequest {
  private static final String[] NAMES = {"Host", "User-Agent", "Accept"};
  private static final String[] VALUES = {HOST, "Mozilla/5.0 (X11; Linux x86_64)", "*/*"};

  private final Map<String, Object> attributes = new HashMap<>();
  private final Container container;
  private final Credential credential;
  private String text;
  private HttpSession session;

  /** A request with a credential, or with null for none. */
  StubRequest(Container container, Credential credential) {
    this.container = container;
    this.credential = credential;
  }

  @Override
  public String getHeader(String name) {
    if (credential != null && credential.header().equalsIgnoreCase(name)) {
      if (text == null) {
        text = credential.text();
      }
      return text;
    }
    for (int i = 0; i < NAMES.length; i++) {
      if (NAMES[i].equalsIgnoreCase(name)) {
        return VALUES[i];
      }
    }
    return null;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    String value = getHeader(name);
    return value == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(value));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = new ArrayList<>(List.of(NAMES));
    if (credential != null) {
      names.add(credential.header());
    }
    return Collections.enumeration(names);
  }

  @Override
  public Cookie[] getCookies() {
    boolean none = credential == null || credential.cookie() == null;
    return none ? null : new Cookie[] {credential.cookie()};
  }

  @Override
  public HttpSession getSession(boolean create) {
    if (session == null) {
      String id = getRequestedSessionId();
      session = id == null ? null : container.find(id);
      if (session == null && create) {
        session = container.begin();
      }
    }
    return session;
  }

  @Override
  public HttpSession getSession() {
    return getSession(true);
  }

  @Override
  public String getRequestedSessionId() {
    Cookie cookie = credential == null ? null : credential.cookie();
    return cookie == null ? null : cookie.getValue();
  }

  @Override
  public boolean isRequestedSessionIdValid() {
    return getSession(false) != null;
  }

  @Override
  public Object getAttribute(String name) {
    return attributes.get(name);
  }

  @Override
  public void setAttribute(String name, Object value) {
    attributes.put(name, value);
  }

  @Override
  public void removeAttribute(String name) {
    attributes.remove(name);
  }
}
