package com.example.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs contracts, of wrong stores as well, and tells what failed. */
final class Contracts {
  /** Which tests of a contract to run: those with many threads take their time. */
  enum Part {
    ALL,
    RACES,
    NO_RACES
  }

  private Contracts() {}

  /** What failed, by the display name of its method, with all that was said there. */
  static Map<String, String> failures(Class<?> contract, Part part) {
    Map<String, String> failures = new LinkedHashMap<>();
    EngineTestKit.engine("junit-jupiter")
        .selectors(tests(contract, part))
        .execute()
        .allEvents()
        .failed()
        .stream()
        .forEach(event -> failures.merge(method(event), message(event), String::concat));
    return failures;
  }

  /** Fails unless the contract fails at these tests, and says so: display name and a part of it. */
  static void assertFails(Class<?> contract, Part part, Map<String, String> expected) {
    Map<String, String> failures = failures(contract, part);
    assertThat(failures.keySet()).as("what failed").containsAll(expected.keySet());
    expected.forEach((test, said) -> assertThat(failures.get(test)).as(test).contains(said));
  }

  private static MethodSelector[] tests(Class<?> contract, Part part) {
    List<MethodSelector> tests = new ArrayList<>();
    for (Method method : contract.getMethods()) {
      if (isTest(method) && isIn(part, method)) {
        tests.add(DiscoverySelectors.selectMethod(contract, method));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.toArray(MethodSelector[]::new);
  }

  private static boolean isTest(Method method) {
    return Stream.of(Test.class, RepeatedTest.class, TestFactory.class)
        .anyMatch(method::isAnnotationPresent);
  }

  private static boolean isIn(Part part, Method method) {
    boolean race =
        method.getDeclaringClass().getSimpleName().endsWith("Races")
            || method.isAnnotationPresent(RepeatedTest.class);
    return part == Part.ALL || race == (part == Part.RACES);
  }

  private static String method(Event event) {
    TestDescriptor test = event.getTestDescriptor();
    while (test.getParent().isPresent()
        && !Arrays.asList("class", "engine")
            .contains(test.getParent().get().getUniqueId().getLastSegment().getType())) {
      test = test.getParent().get();
    }
    return test.getDisplayName();
  }

  private static String message(Event event) {
    return event
        .getRequiredPayload(TestExecutionResult.class)
        .getThrowable()
        .map(thrown -> thrown + "\n")
        .orElse("");
  }
}
