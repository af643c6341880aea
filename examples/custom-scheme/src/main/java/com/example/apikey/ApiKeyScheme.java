package com.example.apikey;

import dev.sallyport.Authenticator;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.SchemeProvider;
import dev.sallyport.scheme.Setting;
import java.util.List;

/** Configures API keys under the name {@code api-key}. */
public final class ApiKeyScheme implements SchemeProvider {
  private static final Setting<ApiKeys> KEYS =
      Setting.list(
              "keys",
              "client:sha256-in-hex, separated by commas, each once",
              "The keys that are known, as hashes.",
              ApiKeys::parse)
          .secret();

  /** For the service loader. */
  public ApiKeyScheme() {}

  @Override
  public String name() {
    return "api-key";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(KEYS);
  }

  @Override
  public Authenticator create(SchemeContext context) {
    return new ApiKeyAuthenticator(context.get(KEYS), context.environment().transport());
  }
}
