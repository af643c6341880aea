package dev.sallyport.scheme;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.Guard;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What one host authenticates with: its environment, its users, and where it keeps what it issues.
 * Schemes, chains and accounts are built from it, so they agree. Immutable and thread-safe.
 *
 * <pre>{@code
 * Sallyport auth = Sallyport.of(users, tokens);
 * AuthenticatorChain chain =
 *     auth.chain(BasicAuthenticator.of(auth), SessionAuthenticator.of(auth));
 * }</pre>
 */
public final class Sallyport {
  private final AuthEnvironment environment;
  private final CredentialStore users;
  private final TokenStore tokens;
  private final Passwords passwords;

  Sallyport(
      AuthEnvironment environment, CredentialStore users, TokenStore tokens, Passwords passwords) {
    this.environment = environment;
    this.users = users;
    this.tokens = tokens;
    this.passwords = passwords;
  }

  /**
   * A host in the {@linkplain AuthEnvironment#standard() standard environment}.
   *
   * @param users the users; an {@link AccountStore} if they are to sign up here
   * @param tokens where sessions, tokens and refresh families are kept
   * @return the host
   */
  public static Sallyport of(CredentialStore users, TokenStore tokens) {
    return of(AuthEnvironment.standard(), users, tokens);
  }

  /**
   * A host in an environment of its own.
   *
   * @param environment the environment
   * @param users the users; an {@link AccountStore} if they are to sign up here
   * @param tokens where sessions, tokens and refresh families are kept
   * @return the host
   */
  public static Sallyport of(
      AuthEnvironment environment, CredentialStore users, TokenStore tokens) {
    return new Sallyport(
        environment,
        users,
        Objects.requireNonNull(tokens, "tokens"),
        Passwords.builder(environment, users).build());
  }

  /**
   * {@return a new host without users that keeps everything in this process's memory, for tests and
   * first steps}
   */
  public static Sallyport inMemory() {
    return of(CredentialStore.inMemory(), TokenStore.inMemory());
  }

  /**
   * The same host with other options for passwords. Build everything else from the result, so that
   * all checks share its turns and its throttle.
   *
   * @param options sets them, for example {@code passwords -> passwords.hasher(hasher)}
   * @return a new host
   */
  public Sallyport withPasswords(UnaryOperator<Passwords.Builder> options) {
    return new Sallyport(
        environment, users, tokens, options.apply(Passwords.builder(environment, users)).build());
  }

  /** {@return the environment that all parts share} */
  public AuthEnvironment environment() {
    return environment;
  }

  /** {@return the users} */
  public CredentialStore users() {
    return users;
  }

  /** {@return where sessions, tokens and refresh families are kept} */
  public TokenStore tokens() {
    return tokens;
  }

  /** {@return the password checker} */
  public Passwords passwords() {
    return passwords;
  }

  /**
   * The accounts, with the defaults of {@link Accounts.Builder}.
   *
   * @return accounts that remove what a change has ended
   * @throws IllegalStateException if the users are not an {@link AccountStore}: then they sign up
   *     elsewhere
   */
  public Accounts accounts() {
    return accounts(options -> options);
  }

  /**
   * The accounts, with options.
   *
   * @param options sets them, for example {@code accounts -> accounts.policy(policy)}
   * @return accounts that remove what a change has ended
   * @throws IllegalStateException if the users are not an {@link AccountStore}
   */
  public Accounts accounts(UnaryOperator<Accounts.Builder> options) {
    if (!(users instanceof AccountStore own)) {
      throw new IllegalStateException(
          "These users can't sign up or change here: their store is no AccountStore");
    }
    return options.apply(Accounts.builder(own, passwords).tokens(tokens)).build();
  }

  /**
   * A chain in this host's environment.
   *
   * @param members at least one, each name once; the order is the policy
   * @return the chain
   * @throws IllegalArgumentException if there is no member or a name appears twice
   */
  public AuthenticatorChain chain(Authenticator... members) {
    return AuthenticatorChain.of(environment, members);
  }

  /**
   * A guard over a chain in this host's environment.
   *
   * @param members at least one, each name once; the order is the policy
   * @return the guard, whose default permission is {@code authenticated}
   * @throws IllegalArgumentException if there is no member or a name appears twice
   */
  public Guard guard(Authenticator... members) {
    return Guard.of(chain(members));
  }

  @Override
  public String toString() {
    return "Sallyport[" + environment + "]";
  }
}
