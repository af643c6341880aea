package dev.sallyport.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * For tests with {@code @AutoConfigureMockMvc}: requests of this test, or of all tests of a class,
 * come from this user, unless the request says otherwise. The user needn't be in any store. The
 * guard and the permissions are the real ones.
 *
 * <pre>{@code
 * @Test
 * @WithUser(value = "alice", roles = "admin")
 * void adminsMay() { ... }
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface WithUser {
  /** {@return the name, which is the id as well} */
  String value();

  /** {@return the roles; none by default} */
  String[] roles() default {};

  /** {@return the scopes that restrict the credential; by default it is not restricted} */
  String[] scopes() default {};
}
