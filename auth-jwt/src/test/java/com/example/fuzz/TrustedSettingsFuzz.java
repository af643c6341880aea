package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The input is, line by line, the settings of another issuer: they are taken, or refused with all
 * faults in one exception.
 */
public final class TrustedSettingsFuzz {
  private static final List<String> KEYS =
      List.of("roles", "scopes", "require", "name", "type", "keys", "issuer", "audience");

  private TrustedSettingsFuzz() {}

  /** Settings. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Map<String, String> settings = new HashMap<>();
    settings.put("auth.chain", "jwt");
    settings.put("auth.jwt.trusted-issuer", "https://idp.example");
    settings.put("auth.jwt.trusted-audience", "notes");
    String[] lines = text.split("\n", KEYS.size());
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isEmpty()) {
        settings.put("auth.jwt.trusted-" + KEYS.get(i), lines[i]);
      }
    }
    try {
      AuthConfiguration built =
          AuthConfiguration.builder(settings)
              .with(AuthEnvironment.class, AuthEnvironment.standard())
              .build();
      assertThat(built.chain().members()).hasSize(1);
    } catch (ConfigurationException e) {
      assertThat(e.getMessage()).contains("auth.");
    }
  }
}
