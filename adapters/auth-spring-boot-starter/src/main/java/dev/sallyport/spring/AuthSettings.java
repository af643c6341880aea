package dev.sallyport.spring;

import dev.sallyport.scheme.AuthConfiguration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The settings below {@code auth}, by the keys that the schemes know, however they are written. */
final class AuthSettings {
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("auth");

  private AuthSettings() {}

  static Map<String, String> of(Environment environment) {
    Binder binder = Binder.get(environment);
    Map<String, String> settings = new TreeMap<>();
    Set<ConfigurationPropertyName> known = new HashSet<>();
    for (String key : AuthConfiguration.knownSettings().keySet()) {
      known.add(ConfigurationPropertyName.of(key));
      String value = value(binder, key);
      if (value != null) {
        settings.put(key, value);
      }
    }
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource listed && !isProcess(source)) {
        listed.stream()
            .filter(name -> ROOT.isAncestorOf(name) && !known.contains(withoutIndex(name)))
            .forEach(name -> settings.put(name.toString(), ""));
      }
    }
    return settings;
  }

  /** One text, or a list of them, which the schemes write with commas. */
  private static @Nullable String value(Binder binder, String key) {
    return binder
        .bind(key, String.class)
        .orElseGet(
            () ->
                binder
                    .bind(key, Bindable.listOf(String.class))
                    .map(elements -> String.join(",", elements))
                    .orElse(null));
  }

  /**
   * Variables of the process are read where a scheme knows them; which others there are, such as
   * {@code AUTH_TOKEN}, is nobody's mistake.
   */
  private static boolean isProcess(ConfigurationPropertySource source) {
    return source.getUnderlyingSource() instanceof PropertySource<?> underlying
        && (underlying.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
            || underlying
                .getName()
                .endsWith("-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME));
  }

  private static ConfigurationPropertyName withoutIndex(ConfigurationPropertyName name) {
    return name.isLastElementIndexed() ? name.getParent() : name;
  }
}
