package dev.sallyport.jwt.refresh;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.store.User;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The families of a host, for one request whose sender has proved that they hold a key (RFC 9449
 * section 5). Each of its methods uses the proof up. Immutable.
 */
public final class BoundFamilies {
  private final FamilyStarts starts;
  private final Rotations rotations;
  private final AuthEnvironment environment;
  private final DpopProof proof;

  BoundFamilies(
      FamilyStarts starts, Rotations rotations, AuthEnvironment environment, DpopProof proof) {
    this.starts = starts;
    this.rotations = rotations;
    this.environment = environment;
    this.proof = Objects.requireNonNull(proof, "proof");
  }

  /**
   * Logs in a user as {@link RefreshFamilies#start(PasswordResult.Verified, Client)} does, with
   * tokens that are bound to the key.
   *
   * @param login the verified password
   * @param client where the login comes from
   * @return the tokens, or why there are none
   * @throws StoreUnavailableException if the store could not answer, or is full
   * @throws IllegalStateException if the access token would be too long
   */
  public JwtLoginResult start(PasswordResult.Verified login, Client client) {
    return start(login.user(), login.at(), client, null);
  }

  /**
   * Logs in a user as {@link RefreshFamilies#start(User, Instant, Client, Set)} does, with tokens
   * that are bound to the key.
   *
   * @param user the user as authenticated
   * @param provedAt when they were authenticated
   * @param client where the login comes from
   * @param scopes the scopes that the tokens are restricted to; null for no restriction
   * @return the tokens, or why there are none
   * @throws IllegalArgumentException if the user is deactivated, or a scope is not a scope-token of
   *     RFC 6749
   * @throws StoreUnavailableException if the store could not answer, or is full
   * @throws IllegalStateException if the access token would be too long
   */
  public JwtLoginResult start(
      User user, Instant provedAt, Client client, @Nullable Set<String> scopes) {
    return starts.start(user, provedAt, client, scopes, proof);
  }

  /**
   * Exchanges a refresh token as {@link RefreshFamilies#refresh(String)} does. One that is bound to
   * another key is refused, and its family is left alone. One that is not bound stays so.
   *
   * @param refreshToken what the client sent; it can be anything
   * @return the next pair, or why there is none; of a proof that was used before, the reason's
   *     refusal is {@link dev.sallyport.Refusal#INVALID_CREDENTIALS}, and the token stays valid
   * @throws StoreUnavailableException as there
   * @throws IllegalStateException as there
   */
  public RefreshResult refresh(String refreshToken) {
    return environment.reportingOutage("refresh", () -> rotations.exchange(refreshToken, proof));
  }

  @Override
  public String toString() {
    return "BoundFamilies[" + proof + "]";
  }
}
