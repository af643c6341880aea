package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

@DisplayName("Spring Boot: metadata for editors")
class MetadataTest {
  private static final Path FILE =
      Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

  private static String property(String key, Setting<?> setting) {
    String type = type(setting.allowed());
    String fallback = setting.fallback();
    String shown = type.equals("String") ? "\"" + fallback + "\"" : fallback;
    return "    {\"name\": \"%s\", \"type\": \"java.lang.%s\", \"description\": \"%s Allowed: %s.\"%s}"
        .formatted(
            key,
            type,
            setting.meaning(),
            setting.allowed(),
            fallback.isEmpty() ? "" : ", \"defaultValue\": " + shown);
  }

  private static String type(String allowed) {
    if (allowed.equals("true, false")) {
      return "Boolean";
    }
    return allowed.matches("\\d+ to \\d+( seconds)?") ? "Integer" : "String";
  }

  @Test
  @DisplayName("SP-1 the metadata names the declared settings with their defaults, and no others")
  void equal() throws Exception {
    String declared =
        AuthConfiguration.knownSettings().entrySet().stream()
            .map((Map.Entry<String, Setting<?>> one) -> property(one.getKey(), one.getValue()))
            .collect(Collectors.joining(",\n"));
    List<String> lines = Files.readAllLines(FILE);
    String written =
        lines.stream()
            .filter(line -> line.contains("\"name\": \"auth."))
            .map(line -> line.replaceAll(",$", ""))
            .collect(Collectors.joining(",\n"));
    assertThat(written).as("put this into %s", FILE).isEqualTo(declared);
  }

  /** The components of the record that Boot binds, and of those in it. */
  private static Stream<String> bound(String prefix, Class<?> record) {
    return Stream.of(record.getRecordComponents())
        .flatMap(
            component -> {
              String name = prefix + DataObjectPropertyName.toDashedForm(component.getName());
              return component.getType().isRecord()
                  ? bound(name + ".", component.getType())
                  : Stream.of(name);
            });
  }

  @Test
  @DisplayName("SP-1 so it does for what is below sallyport")
  void ownEqual() throws Exception {
    Class<?> record = Class.forName("dev.sallyport.spring.SallyportProperties");
    Matcher names =
        Pattern.compile("\"name\": \"(sallyport\\.[^\"]*)").matcher(Files.readString(FILE));
    assertThat(names.results().map(found -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(bound("sallyport.", record).toList());
  }
}
