package dev.sallyport.servlet;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.RequestBody;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in, or answers them: at their arrival, and at each dispatch.
 *
 * @param guard decides
 * @param endpoints answer what is theirs
 * @param permissions what servlets need
 * @param cors answers preflights
 */
record Gate(
    Guard guard,
    @Nullable AuthEndpoints endpoints,
    ServletPermissions permissions,
    @Nullable Filter cors) {
  Gate {
    Objects.requireNonNull(guard, "guard");
  }

  Gate with(AuthEndpoints others) {
    return new Gate(guard, others, permissions, cors);
  }

  Gate with(ServletPermissions others) {
    return new Gate(guard, endpoints, others, cors);
  }

  Gate with(Filter other) {
    return new Gate(guard, endpoints, permissions, other);
  }

  String mountPath() {
    return guard.chain().environment().mountPath();
  }

  void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Admission admission = Admission.by(guard, request);
    boolean error = request.getDispatcherType() == DispatcherType.ERROR;
    if (admission == null && error) {
      chain.doFilter(request, response); // the container's answer to what never came this far
    } else if (admission == null) {
      arrive(request, response, chain);
    } else if (error) {
      goOn(admission, request, response, chain);
    } else {
      ask(admission, request, response, chain);
    }
  }

  private void arrive(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestBody body =
        RequestBody.of(
            new ServletHeaders(request),
            () -> {
              UnreadBody.opened(request);
              return request.getInputStream();
            });
    AuthRequest asked = ReceivedRequest.of(request, body, guard.chain().environment().proxies());
    Admission arrived = new Admission(guard, asked, new PostedForm(body), null);
    if (cors != null && asked.isPreflight()) {
      cors.doFilter(
          request,
          response,
          (passed, on) ->
              answer(arrived, (HttpServletRequest) passed, (HttpServletResponse) on, chain));
    } else {
      answer(arrived, request, response, chain);
    }
  }

  private void answer(
      Admission arrived,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    AuthRequest asked = arrived.request();
    if (endpoints != null && endpoints.areFor(asked)) {
      Answer.send(request, response, endpoints.handle(asked, arrived.form().stream()));
    } else {
      ask(arrived, request, response, chain);
    }
  }

  private void ask(
      Admission admission,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    Permission needed = permissions.of(request);
    if (needed == null) {
      goOn(admission, request, response, chain);
      return;
    }
    Decision decision = admission.ask(needed);
    if (decision instanceof Decision.Proceed proceed) {
      goOn(admission.with(proceed), request, response, chain);
    } else {
      Answer.refuse(request, response, ((Decision.Refuse) decision).response());
    }
  }

  private static void goOn(
      Admission admission,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    GuardedRequest outer = GuardedRequest.in(request);
    if (outer == null) {
      GuardedResponse guarded = new GuardedResponse(response, admission.headers());
      admission.keepWith(request);
      call(new GuardedRequest(request, guarded, admission), guarded, chain);
    } else if (outer.admission().equals(admission)) {
      call(request, response, chain);
    } else if (outer.response().carry(admission.headers())) {
      admission.keepWith(request);
      call(new GuardedRequest(request, outer.response(), admission), response, chain);
    } // else it is too late to say that a cache may not keep this part of a page
  }

  /** Nothing of a servlet that fails is sent, whoever answers in its place. */
  private static void call(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean failed = true;
    try {
      chain.doFilter(request, response);
      failed = false;
    } finally {
      if (failed && Answer.isOpen(request, response)) {
        response.reset();
      }
    }
  }
}
