package dev.sallyport.basic;

import dev.sallyport.Authenticator;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.SchemeProvider;
import dev.sallyport.scheme.Setting;
import dev.sallyport.store.CredentialStore;
import java.util.List;
import java.util.Set;

/** Configures Basic under the name {@code basic}. Found by {@link java.util.ServiceLoader}. */
public final class BasicScheme implements SchemeProvider {
  private static final Setting<String> REALM = Setting.realm("api");

  private static final Setting<Prompt> PROMPT =
      Setting.choice("prompt", Prompt.ALWAYS, "When browsers are to ask for a password.");

  /** For the service loader. */
  public BasicScheme() {}

  @Override
  public String name() {
    return "basic";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(REALM, PROMPT);
  }

  @Override
  public Set<Class<?>> needs() {
    return Set.of(CredentialStore.class);
  }

  @Override
  public Authenticator create(SchemeContext context) {
    return BasicAuthenticator.builder(context.get(Passwords.class))
        .realm(context.get(REALM))
        .prompt(context.get(PROMPT))
        .build();
  }
}
