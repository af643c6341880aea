package dev.sallyport.spring;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.guard.Guard;
import jakarta.servlet.http.MappingMatch;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/**
 * For tests by MockMvc alone, which import it: callers without credentials, in front of the real
 * chain.
 */
@AutoConfiguration
@ConditionalOnClass(MockMvcBuilderCustomizer.class)
@ConditionalOnBooleanProperty(name = "sallyport.enabled", matchIfMissing = true)
public final class MockMvcGuardAutoConfiguration {
  MockMvcGuardAutoConfiguration() {}

  @Bean
  MockCallers sallyportMockCallers(AuthEnvironment environment) {
    return new MockCallers(environment.clock());
  }

  @Bean
  static BeanPostProcessor sallyportMockGuard(ObjectProvider<MockCallers> callers) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof Guard guard ? withCallers(guard, callers.getObject()) : bean;
      }
    };
  }

  private static Guard withCallers(Guard guard, MockCallers callers) {
    AuthenticatorChain chain = guard.chain();
    return Guard.of(AuthenticatorChain.of(chain.environment(), callers, chain))
        .withDefault(guard.defaultPermission());
  }

  @Bean
  MockMvcBuilderCustomizer sallyportMockRequests(MockCallers callers) {
    return builder ->
        builder.defaultRequest(
            MockMvcRequestBuilders.get("/")
                .secure(true)
                .with(MockMvcGuardAutoConfiguration::forMvc)
                .with(callers::addUsual));
  }

  /** As a container would say it. */
  private static MockHttpServletRequest forMvc(MockHttpServletRequest request) {
    request.setHttpServletMapping(
        new MockHttpServletMapping("", "/", GuardedMvcAutoConfiguration.MVC, MappingMatch.DEFAULT));
    return request;
  }
}
