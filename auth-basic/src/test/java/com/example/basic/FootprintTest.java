package com.example.basic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthenticatorChain;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How much of the library one request goes through. */
class FootprintTest {
  private static final int MAX_FRAMES = 6;
  private static final int MAX_CLASSES = 91;

  @Test
  @DisplayName(
      "a Basic request runs on at most "
          + MAX_FRAMES
          + " frames of the library where the store is asked")
  void frames() {
    List<String> frames = new ArrayList<>();
    CredentialStore store =
        new CredentialStore() {
          @Override
          public Optional<User> findByName(String name) {
            StackWalker.getInstance()
                .forEach(
                    frame -> {
                      if (frame.getClassName().startsWith("dev.sallyport.")) {
                        frames.add(frame.getClassName() + "." + frame.getMethodName());
                      }
                    });
            return Optional.empty();
          }

          @Override
          public Optional<User> findById(String id) {
            return Optional.empty();
          }
        };
    AuthenticatorChain.of(BasicAuthenticator.of(Passwords.of(store)))
        .authenticate(TestRequest.get("/").basic("alice", "wonderland").build());
    System.out.println("frames of a Basic request where the store is asked: " + frames);
    assertThat(frames).isNotEmpty().hasSizeLessThanOrEqualTo(MAX_FRAMES);
  }

  @Test
  @DisplayName(
      "a Basic request loads at most "
          + MAX_CLASSES
          + " classes of the library, with all that sets it up")
  void classes() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-Dsallyport.test.log=" + System.getProperty("sallyport.test.log") + ".footprint",
                OneRequest.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(lines).contains("authenticated");
    List<String> classes =
        lines.stream()
            .filter(line -> line.contains(" dev.sallyport."))
            .filter(line -> !line.contains("$$Lambda") && !line.contains("LambdaForm"))
            .map(line -> line.replaceAll(".*(dev\\.sallyport\\.\\S+).*", "$1"))
            .distinct()
            .toList();
    System.out.println("classes of a Basic request: " + classes.size() + " " + classes);
    assertThat(classes).isNotEmpty().hasSizeLessThanOrEqualTo(MAX_CLASSES);
  }
}
