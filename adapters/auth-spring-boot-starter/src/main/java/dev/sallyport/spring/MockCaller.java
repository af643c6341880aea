package dev.sallyport.spring;

import dev.sallyport.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Who a request of MockMvc comes from, for tests with {@code @AutoConfigureMockMvc}. The user
 * needn't be in any store; the guard and the permissions are the real ones. Immutable.
 *
 * <pre>{@code
 * mockMvc.perform(get("/").with(MockCaller.user("alice").roles("admin")));
 * }</pre>
 */
public final class MockCaller implements RequestPostProcessor {
  private static final MockCaller NOBODY = new MockCaller(null, null);

  private final @Nullable Principal principal;
  private final @Nullable Set<String> scopes;

  private MockCaller(@Nullable Principal principal, @Nullable Set<String> scopes) {
    this.principal = principal;
    this.scopes = scopes;
  }

  /**
   * A user without roles, whose credential no scopes restrict.
   *
   * @param name the name, which is the id as well
   * @return the caller, who has just authenticated
   */
  public static MockCaller user(String name) {
    return new MockCaller(new Principal(name, name, Set.of()), null);
  }

  /** {@return nobody, where {@link WithUser} says that requests come from somebody} */
  public static MockCaller anonymous() {
    return NOBODY;
  }

  /**
   * Replaces the roles.
   *
   * @param roles the roles
   * @return a new caller
   * @throws IllegalStateException if this is nobody
   */
  public MockCaller roles(String... roles) {
    Principal user = required();
    return new MockCaller(new Principal(user.id(), user.name(), Set.of(roles)), scopes);
  }

  /**
   * Restricts the credential.
   *
   * @param scopes the scopes
   * @return a new caller
   * @throws IllegalStateException if this is nobody
   */
  public MockCaller scopes(String... scopes) {
    return new MockCaller(required(), Set.of(scopes));
  }

  private Principal required() {
    if (principal == null) {
      throw new IllegalStateException("Nobody has neither roles nor scopes");
    }
    return principal;
  }

  @Override
  public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
    request.removeHeader(MockCallers.HEADER);
    if (principal != null) {
      MockCallers callers =
          WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext())
              .getBean(MockCallers.class);
      request.addHeader(MockCallers.HEADER, callers.add(principal, scopes));
    }
    return request;
  }
}
