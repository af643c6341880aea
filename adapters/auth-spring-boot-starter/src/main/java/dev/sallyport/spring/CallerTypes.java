package dev.sallyport.spring;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Principal;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.RefusedRequestException;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.converter.Converter;

/**
 * What a handler can take as its caller: {@link Authenticated}, {@link Principal}, or what a bean
 * of the host's converts the former into; or an {@link Optional} of one of them, where anybody may
 * call.
 */
record CallerTypes(BeanFactory beans, Guard guard) {
  boolean include(MethodParameter parameter) {
    Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
    return type == Authenticated.class || type == Principal.class || hasConverter(type);
  }

  private boolean hasConverter(Class<?> type) {
    return beans.getBeanProvider(converter(type)).stream().findAny().isPresent();
  }

  private static ResolvableType converter(Class<?> type) {
    return ResolvableType.forClassWithGenerics(Converter.class, Authenticated.class, type);
  }

  /**
   * The argument for a parameter.
   *
   * @throws RefusedRequestException if there is no caller for it
   */
  Object argument(MethodParameter parameter, AuthRequest request, Optional<Authenticated> who)
      throws RefusedRequestException {
    Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
    Optional<Object> caller = who.flatMap(known -> as(type, known));
    if (parameter.getParameterType() == Optional.class) {
      return caller;
    }
    return caller.orElseThrow(() -> refusal(request, who));
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
  private RefusedRequestException refusal(AuthRequest request, Optional<Authenticated> who) {
    return guard.authorize(request, who, Permission.authenticated())
            instanceof Decision.Refuse refuse
        ? new RefusedRequestException(refuse.response())
        : new RefusedRequestException(Problem.of(403, "forbidden", "This is not allowed."));
  }
}
