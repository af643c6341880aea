package com.example.servlet;

import dev.sallyport.testkit.adapter.AdapterRoute;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers in another thread; what that throws, it throws when the container comes back to it. */
final class Later {
  private static final String FAILURE = "failure";

  private Later() {}

  static void answer(AdapterRoute route, HttpServletRequest request) {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      throw (RuntimeException) request.getAttribute(FAILURE);
    }
    AsyncContext async = request.startAsync();
    new Thread(() -> answer(route, async)).start();
  }

  private static void answer(AdapterRoute route, AsyncContext async) {
    HttpServletRequest request = (HttpServletRequest) async.getRequest();
    try {
      route.handler().handle(new ServletCall(request, (HttpServletResponse) async.getResponse()));
      async.complete();
    } catch (IOException | RuntimeException e) {
      request.setAttribute(FAILURE, e instanceof RuntimeException r ? r : new RuntimeException(e));
      async.dispatch();
    }
  }
}
