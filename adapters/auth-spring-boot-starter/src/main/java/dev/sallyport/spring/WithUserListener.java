package dev.sallyport.spring;

import java.lang.reflect.AnnotatedElement;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Tells the callers of a test which user its annotation names. */
final class WithUserListener implements TestExecutionListener {
  @Override
  public void beforeTestMethod(TestContext test) {
    WithUser named = find(test.getTestMethod());
    if (named == null) {
      named = find(test.getTestClass());
    }
    if (named == null) {
      return;
    }
    MockCallers callers =
        test.getApplicationContext().getBeanProvider(MockCallers.class).getIfAvailable();
    if (callers == null) {
      throw new IllegalStateException(
          "@WithUser is for tests with @AutoConfigureMockMvc or @WebMvcTest");
    }
    MockCaller caller = MockCaller.user(named.value()).roles(named.roles());
    callers.setUsual(named.scopes().length == 0 ? caller : caller.scopes(named.scopes()));
  }

  @Override
  public void afterTestMethod(TestContext test) {
    if (test.hasApplicationContext()) {
      test.getApplicationContext()
          .getBeanProvider(MockCallers.class)
          .ifAvailable(callers -> callers.setUsual(null));
    }
  }

  private static @Nullable WithUser find(AnnotatedElement place) {
    return AnnotatedElementUtils.findMergedAnnotation(place, WithUser.class);
  }
}
