package dev.sallyport.spring;

import dev.sallyport.Authenticated;
import dev.sallyport.Principal;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.servlet.AuthFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.converter.Converter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives handlers the caller: {@link Authenticated}, {@link Principal}, or what a bean of the host's
 * converts the former into; or an {@link Optional} of one of them, where anybody may call.
 */
record CallerArguments(BeanFactory beans, Guard guard) implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
    return type == Authenticated.class || type == Principal.class || hasConverter(type);
  }

  private boolean hasConverter(Class<?> type) {
    return beans.getBeanProvider(converter(type)).stream().findAny().isPresent();
  }

  private static ResolvableType converter(Class<?> type) {
    return ResolvableType.forClassWithGenerics(Converter.class, Authenticated.class, type);
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders)
      throws RefusedRequestException {
    HttpServletRequest request = web.getNativeRequest(HttpServletRequest.class);
    if (request == null) {
      throw new IllegalStateException("This is no request of a servlet container");
    }
    Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
    Optional<Object> caller = AuthFilter.who(request).flatMap(who -> as(type, who));
    if (parameter.getParameterType() == Optional.class) {
      return caller;
    }
    return caller.orElseThrow(() -> refusal(request));
  }

  private Optional<Object> as(Class<?> type, Authenticated who) {
    if (type == Authenticated.class) {
      return Optional.of(who);
    }
    if (type == Principal.class) {
      return Optional.of(who.principal());
    }
    @SuppressWarnings("unchecked") // the type was asked for
    Converter<Authenticated, Object> own =
        (Converter<Authenticated, Object>) beans.getBeanProvider(converter(type)).getObject();
    return Optional.ofNullable(own.convert(who));
  }

  /** 401 for nobody; 403 for somebody whom the host's own converter doesn't know. */
  private RefusedRequestException refusal(HttpServletRequest request) {
    Decision decision =
        guard.authorize(
            AuthFilter.authRequest(request), AuthFilter.who(request), Permission.authenticated());
    return decision instanceof Decision.Refuse refuse
        ? new RefusedRequestException(refuse.response())
        : new RefusedRequestException(Problem.of(403, "forbidden", "This is not allowed."));
  }
}
