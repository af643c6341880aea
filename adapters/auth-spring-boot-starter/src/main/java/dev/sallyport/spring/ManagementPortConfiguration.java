package dev.sallyport.spring;

import dev.sallyport.AuthenticatorChain;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.servlet.AuthFilter;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The same guard in front of an actuator that has a port of its own. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "sallyport.enabled", matchIfMissing = true)
public final class ManagementPortConfiguration {
  /** The mapping of the servlet there, whose name Boot makes up. */
  private static final String MVC = "/";

  ManagementPortConfiguration() {}

  @Bean
  FilterRegistrationBean<AuthFilter> managementAuthFilterRegistration(
      Guard guard, Environment settings) {
    AuthenticatorChain chain = guard.chain();
    String path = settings.getProperty("management.server.base-path", "");
    Guard own =
        Guard.of(AuthenticatorChain.of(chain.environment().withMountPath(path), chain))
            .withDefault(guard.defaultPermission());
    return GuardedMvcAutoConfiguration.registration(
        AuthFilter.of(own).withPermissions(Map.of(MVC, Permission.anyone())),
        GuardedMvcAutoConfiguration.ORDER);
  }
}
