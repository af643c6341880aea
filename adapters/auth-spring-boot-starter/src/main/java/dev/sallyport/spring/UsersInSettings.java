package dev.sallyport.spring;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether there are users in the settings. */
final class UsersInSettings {
  private UsersInSettings() {}

  static boolean areIn(Environment environment) {
    return Binder.get(environment)
        .bind("sallyport.users", Bindable.mapOf(String.class, Object.class))
        .map(Map::isEmpty)
        .map(empty -> !empty)
        .orElse(false);
  }

  /** There are. */
  static final class Some implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return areIn(context.getEnvironment());
    }
  }

  /** There are none. */
  static final class None implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !areIn(context.getEnvironment());
    }
  }
}
