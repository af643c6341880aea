package dev.sallyport.servlet;

import dev.sallyport.Authenticated;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.FormFields;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that knows who it is from, and has its whole body though the guard looked at it. */
final class GuardedRequest extends HttpServletRequestWrapper {
  private final HttpServletRequest request;
  private final GuardedResponse response;
  private final Admission admission;
  private final PostedForm form;

  GuardedRequest(HttpServletRequest request, GuardedResponse response, Admission admission) {
    super(request);
    this.request = request;
    this.response = response;
    this.admission = admission;
    this.form = admission.form();
  }

  /** The outermost of those that a request wraps or is; null if there is none. */
  static @Nullable GuardedRequest in(ServletRequest request) {
    ServletRequest inner = request;
    while (!(inner instanceof GuardedRequest) && inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner instanceof GuardedRequest guarded ? guarded : null;
  }

  Admission admission() {
    return admission;
  }

  /** The one that carries the guard's lines, also for an include. */
  GuardedResponse response() {
    return response;
  }

  private @Nullable Authenticated who() {
    return admission.who().orElse(null);
  }

  /** {@code BASIC}, or the name of the scheme. */
  @Override
  public @Nullable String getAuthType() {
    Authenticated who = who();
    if (who == null) {
      return null;
    }
    return who.scheme().equals("basic") ? BASIC_AUTH : who.scheme();
  }

  @Override
  public @Nullable String getRemoteUser() {
    Authenticated who = who();
    return who == null ? null : who.principal().name();
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    Authenticated who = who();
    return who == null ? null : new NamedPrincipal(who.principal());
  }

  /** Two names are the specification's: {@code **} is anybody who is authenticated. */
  @Override
  public boolean isUserInRole(@Nullable String role) {
    Authenticated who = who();
    if (who == null || role == null || role.equals("*")) {
      return false;
    }
    return role.equals("**") || who.principal().hasRole(role);
  }

  /** Writes the guard's refusal of an anonymous request. */
  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException {
    Decision decision = admission.decide(Permission.authenticated());
    if (decision instanceof Decision.Refuse refuse) {
      Answer.send(this, response, refuse.response());
    }
    return decision instanceof Decision.Proceed;
  }

  @Override
  public void login(String username, String password) throws ServletException {
    throw new ServletException(
        "HttpServletRequest.login sends no credential to the client. Call"
            + " SessionLogin.logIn(AuthFilter.authRequest(request), ...), or let the client POST to"
            + " the login endpoint");
  }

  @Override
  public void logout() throws ServletException {
    throw new ServletException(
        "HttpServletRequest.logout ends no credential. Call"
            + " Sessions.end(AuthFilter.authRequest(request)), or let the client POST to the logout"
            + " endpoint");
  }

  /** The container's own would give the asynchronous thread the request without its caller. */
  @Override
  public AsyncContext startAsync() {
    return request.startAsync(this, response);
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    UnreadBody.opened(this);
    return form.isBegun() ? form.stream() : super.getInputStream();
  }

  @Override
  public BufferedReader getReader() throws IOException {
    UnreadBody.opened(this);
    return form.isBegun() ? form.reader(getCharacterEncoding()) : super.getReader();
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    openedForm();
    return isIncomplete() ? parameters().get(name) : super.getParameterValues(name);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    openedForm();
    return isIncomplete()
        ? Collections.enumeration(parameters().keySet())
        : super.getParameterNames();
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    openedForm();
    return isIncomplete() ? parameters() : super.getParameterMap();
  }

  @Override
  public Collection<Part> getParts() throws IOException, ServletException {
    UnreadBody.opened(this);
    return super.getParts();
  }

  @Override
  public @Nullable Part getPart(String name) throws IOException, ServletException {
    UnreadBody.opened(this);
    return super.getPart(name);
  }

  /** Parameters are read from the body if it is a form. */
  private void openedForm() {
    if (form.isForm()) {
      UnreadBody.opened(this);
    }
  }

  /** Whether the container lacks a form that the guard has begun, and no other of these has it. */
  private boolean isIncomplete() {
    return form.isBegun() && in(getRequest()) == null;
  }

  /**
   * Those of the query, then those of the form. Of a dispatch, Tomcat puts the parameters beneath
   * this request; without one, Jetty must not be asked, since it would read on in the body.
   */
  private Map<String, String[]> parameters() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    if (getRequest().equals(request)) {
      String query = getQueryString();
      all.putAll(FormFields.parse(query == null ? "" : query));
    } else {
      super.getParameterMap()
          .forEach((name, values) -> all.put(name, new ArrayList<>(List.of(values))));
    }
    form.fields()
        .forEach(
            (name, values) -> all.computeIfAbsent(name, n -> new ArrayList<>()).addAll(values));
    Map<String, String[]> arrays = new LinkedHashMap<>();
    all.forEach((name, values) -> arrays.put(name, values.toArray(String[]::new)));
    return Collections.unmodifiableMap(arrays);
  }
}
