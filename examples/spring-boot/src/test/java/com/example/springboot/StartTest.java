package com.example.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.site.BadSettingException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
  @Test
  @DisplayName("SP-2 a chain without sessions, which the pages need, is refused with its key")
  void noSessions(@TempDir Path folder) throws Exception {
    Path config = Files.writeString(folder.resolve("auth.properties"), "auth.chain = basic\n");
    Map<String, String> env = Map.of("PORT", "0", "STORE", "memory", "CONFIG", config.toString());
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    assertThatThrownBy(() -> SpringBootHost.start(env, out))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith("CONFIG: auth.chain must have 'session'");
  }
}
