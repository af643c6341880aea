package dev.sallyport.spring;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.scheme.SchemeProvider;
import dev.sallyport.scheme.StoreProvider;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Builds chain and guard out of Spring's settings and beans, or tells all that is wrong. */
final class GuardSettings {
  static final String MVC = "org.springframework.web.servlet.DispatcherServlet";

  private GuardSettings() {}

  static AuthConfiguration build(
      AuthEnvironment environment,
      @Nullable CredentialStore users,
      TokenStore tokens,
      ApplicationContext context) {
    Environment settings = context.getEnvironment();
    List<String> faults = new ArrayList<>(HostFaults.in(context));
    boolean reactive = context instanceof ReactiveWebApplicationContext;
    if (!reactive && !ClassUtils.isPresent(MVC, context.getClassLoader())) {
      faults.add("There is no Spring MVC to guard: add spring-boot-starter-webmvc");
    }
    if (users == null) {
      faults.add(
          "There is no CredentialStore: define a bean, or set sallyport.users.NAME.password for"
              + " development, or add auth-jdbc and a DataSource"
              + (reactive ? "; or, beside a Guard of your own, define its Lanes" : ""));
    }
    if (UsersInSettings.areIn(settings) && !context.containsBean("sallyportDevelopmentUsers")) {
      faults.add("sallyport.users: they have no effect beside a CredentialStore bean");
    }
    AuthConfiguration.Builder builder =
        AuthConfiguration.builder(AuthSettings.of(settings))
            .with(AuthEnvironment.class, environment)
            .with(CredentialStore.class, users == null ? CredentialStore.inMemory() : users)
            .with(TokenStore.class, tokens);
    context
        .getBeanProvider(StoreCalls.class)
        .ifAvailable(calls -> watch(builder, calls, environment, users, tokens));
    context
        .getBeanProvider(PasswordHasher.class)
        .ifAvailable(hasher -> builder.passwords(options -> options.hasher(hasher)));
    for (Class<?> type : othersNeeded()) {
      give(builder, type, context);
    }
    try {
      AuthConfiguration built = builder.build();
      if (faults.isEmpty()) {
        return built;
      }
    } catch (ConfigurationException e) {
      faults.addAll(e.faults());
    }
    throw new ConfigurationException(faults);
  }

  /** Whatever store it is in the end, given by a bean or named by settings. */
  private static void watch(
      AuthConfiguration.Builder builder,
      StoreCalls calls,
      AuthEnvironment environment,
      @Nullable CredentialStore users,
      TokenStore tokens) {
    builder
        .with(AuthEnvironment.class, environment.withCounts(calls.around(environment.counts())))
        .with(TokenStore.class, calls.around(tokens))
        .aroundNamedStores(
            opened ->
                new StoreProvider.Opened(
                    calls.around(opened.tokens()), calls.around(opened.counts()), opened.close()));
    if (users != null) {
      builder.with(CredentialStore.class, calls.around(users));
    }
  }

  private static <T> void give(
      AuthConfiguration.Builder builder, Class<T> type, ApplicationContext context) {
    context.getBeanProvider(type).ifAvailable(bean -> builder.with(type, bean));
  }

  /** What schemes take from the host besides users and a store. */
  private static Set<Class<?>> othersNeeded() {
    Set<Class<?>> types = new LinkedHashSet<>(Set.of(JwtKeys.class));
    ServiceLoader.load(SchemeProvider.class).forEach(scheme -> types.addAll(scheme.needs()));
    types.removeAll(Set.of(AuthEnvironment.class, CredentialStore.class, TokenStore.class));
    return types;
  }
}
