package com.example.spring;

import dev.sallyport.testkit.adapter.AdapterRoute;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The routes of the contract as handlers of Spring MVC. */
record KitHandlers(List<AdapterRoute> routes) {
  static KitHandlers of(List<AdapterRoute> routes, RequestMappingHandlerMapping mapping)
      throws NoSuchMethodException {
    for (AdapterRoute route : routes) {
      Handler handler = new Handler(route);
      switch (route.arrival()) {
        case DIRECT -> map(mapping, route, route.path(), handler, "answer");
        case ASYNCHRONOUS -> map(mapping, route, route.path(), handler, "answerLater");
        case FORWARD -> {
          map(mapping, route, behind(route), handler, "answer");
          map(mapping, route, route.path(), handler, "forward");
        }
        case ERROR_PAGE -> {
          map(mapping, route, behind(route), handler, "answer");
          map(mapping, route, route.path(), handler, "sendError");
        }
      }
    }
    return new KitHandlers(routes);
  }

  static String behind(AdapterRoute route) {
    return "/behind" + route.path();
  }

  private static void map(
      RequestMappingHandlerMapping mapping,
      AdapterRoute route,
      String path,
      Handler handler,
      String name)
      throws NoSuchMethodException {
    Method method =
        Handler.class.getMethod(name, HttpServletRequest.class, HttpServletResponse.class);
    mapping.registerMapping(
        RequestMappingInfo.paths(path)
            .methods(RequestMethod.valueOf(route.method()))
            .options(mapping.getBuilderConfiguration())
            .build(),
        handler,
        method);
  }

  /** One route's. */
  record Handler(AdapterRoute route) {
    public ResponseEntity<byte[]> answer(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      KitCall call = new KitCall(request, response);
      route.handler().handle(call);
      return call.answer();
    }

    public Callable<ResponseEntity<byte[]>> answerLater(
        HttpServletRequest request, HttpServletResponse response) {
      return () -> answer(request, response);
    }

    public void forward(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      request.getRequestDispatcher(behind(route)).forward(request, response);
    }

    public void sendError(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.sendError(HttpServletResponse.SC_CONFLICT);
    }
  }
}
