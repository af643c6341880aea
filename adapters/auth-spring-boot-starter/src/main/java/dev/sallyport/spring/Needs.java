package dev.sallyport.spring;

import dev.sallyport.guard.Permission;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a handler needs, or all handlers of a class that say nothing themselves. All that is named
 * has to hold; nothing named means whoever is authenticated. The nearest place counts: the method,
 * what it overrides, then the class. Several at one place have to hold together, so that it can be
 * put on annotations of one's own.
 *
 * <pre>{@code
 * @Needs(role = "admin", within = "15m")
 * @DeleteMapping("/users/{id}")
 * void delete(@PathVariable String id) { ... }
 * }</pre>
 *
 * <p>{@code @RolesAllowed}, {@code @PermitAll} and {@code @DenyAll} of Jakarta are honoured as
 * well. A handler without any needs the guard's default permission. An application doesn't start if
 * one place says different things, or names a bean that isn't there.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Needs {
  /** {@return roles of which the caller has one, compared exactly; none for any} */
  String[] role() default {};

  /**
   * {@return scopes that the caller's credential has all, or isn't restricted by; scope-tokens of
   * RFC 6749 section 3.3}
   */
  String[] scope() default {};

  /**
   * {@return how long ago the caller may have proved who they are, for example {@code 15m} or
   * {@code PT15M}; empty for any time}
   */
  String within() default "";

  /** {@return names of beans of the type {@link Permission}, all of which allow it} */
  String[] permission() default {};
}
