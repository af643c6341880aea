package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Plan.Work;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Answers one method of one path. */
@FunctionalInterface
interface Endpoint {
  AuthResponse answer(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException;

  /** The answer, also to a refusal or an outage; never to be stored, unless it says otherwise. */
  default AuthResponse respond(AuthRequest request, InputStream body) throws IOException {
    try {
      AuthResponse response = answer(request, body);
      AuthResponse.Header noStore = AuthResponse.Header.NO_STORE;
      return response.header(noStore.name()).isPresent()
          ? response
          : response.withHeader(noStore.name(), noStore.value());
    } catch (RefusedRequestException e) {
      return e.response();
    } catch (StoreUnavailableException e) {
      return Guard.storeUnavailable();
    }
  }

  /**
   * What answering may need; null for nothing. A caller by Basic may be remembered, but nobody
   * knows that before the store is asked; and among those who hash, who doesn't hash waits for
   * nobody.
   */
  default @Nullable Work work(AuthRequest request) {
    return request.authorization().is("Basic") ? Work.HASH : Work.STORE;
  }

  /** One that hashes a password of its body. */
  static Endpoint hashing(Endpoint endpoint) {
    return new Endpoint() {
      @Override
      public AuthResponse answer(AuthRequest request, InputStream body)
          throws IOException, RefusedRequestException {
        return endpoint.answer(request, body);
      }

      @Override
      public Work work(AuthRequest request) {
        return Work.HASH;
      }
    };
  }
}
