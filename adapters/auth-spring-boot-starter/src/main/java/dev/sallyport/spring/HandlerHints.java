package dev.sallyport.spring;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;

/**
 * Keeps, in a native image, every type on which the permission of a handler may stand. What
 * reflection doesn't see there would leave the handler with the default permission.
 */
final class HandlerHints implements BeanRegistrationAotProcessor {
  @Override
  public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
    Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
    if (!MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).isPresent(Controller.class)) {
      return null;
    }
    return (generation, registration) -> {
      ReflectionHints hints = generation.getRuntimeHints().reflection();
      places(type).forEach(place -> hints.registerType(place));
    };
  }

  private static Set<Class<?>> places(Class<?> type) {
    Set<Class<?>> places = new LinkedHashSet<>(ClassUtils.getAllInterfacesForClassAsSet(type));
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      places.add(each);
    }
    return places;
  }
}
