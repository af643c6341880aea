package com.example.springboot;

import dev.sallyport.AuthRequest;
import dev.sallyport.http.JsonBody;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.servlet.AuthFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives handlers the request as the guard saw it, and a body in JSON within the limits of the
 * library's own endpoints.
 */
record RequestArguments() implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    Class<?> type = parameter.getParameterType();
    return type == AuthRequest.class || type == JsonBody.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders)
      throws IOException, RefusedRequestException {
    HttpServletRequest request =
        Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
    AuthRequest asked = AuthFilter.authRequest(request);
    return parameter.getParameterType() == AuthRequest.class
        ? asked
        : JsonBody.read(asked, request.getInputStream());
  }
}
