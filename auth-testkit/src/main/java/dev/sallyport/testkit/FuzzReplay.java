package dev.sallyport.testkit;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Replays a fuzzer's seeds and findings as ordinary tests. A target is a public class with {@code
 * public static void fuzzerTestOneInput(byte[])}, as for Jazzer; its inputs are the files in the
 * resource folder of the same name, next to the class.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> replays() {
 *   return FuzzReplay.of(MyParserFuzz.class);
 * }
 * }</pre>
 */
public final class FuzzReplay {
  private FuzzReplay() {}

  /**
   * Builds one test for each input of each target.
   *
   * @param targets the targets
   * @return the tests
   * @throws IllegalArgumentException if a target has no such method, or no inputs
   */
  public static Stream<DynamicTest> of(Class<?>... targets) {
    return Stream.of(targets).flatMap(target -> replays(target, method(target)));
  }

  private static MethodHandle method(Class<?> target) {
    try {
      MethodType type = MethodType.methodType(void.class, byte[].class);
      return MethodHandles.publicLookup().findStatic(target, "fuzzerTestOneInput", type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          target + " must have public static void fuzzerTestOneInput(byte[])", e);
    }
  }

  private static Stream<DynamicTest> replays(Class<?> target, MethodHandle method) {
    return inputs(target).stream()
        .map(
            input ->
                DynamicTest.dynamicTest(
                    target.getSimpleName() + "/" + input.getFileName(),
                    () -> method.invoke(Files.readAllBytes(input))));
  }

  private static List<Path> inputs(Class<?> target) {
    URL folder = target.getResource(target.getSimpleName());
    try (Stream<Path> files =
        Files.list(Path.of(Objects.requireNonNull(folder, "no folder of inputs").toURI()))) {
      List<Path> inputs = files.sorted().toList();
      if (inputs.isEmpty()) {
        throw new IllegalArgumentException(target + " has no inputs");
      }
      return inputs;
    } catch (IOException | URISyntaxException | NullPointerException e) {
      throw new IllegalArgumentException(target + " has no inputs", e);
    }
  }
}
