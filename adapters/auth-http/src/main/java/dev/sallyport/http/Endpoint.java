package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Plan.Work;
import dev.sallyport.guard.AuthResponse;
import java.io.IOException;
import java.io.InputStream;

/** Answers one method of one path. */
@FunctionalInterface
interface Endpoint {
  AuthResponse answer(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException;

  /**
   * What answering may need. A caller by Basic may be remembered, but nobody knows that before the
   * store is asked; and among those who hash, who doesn't hash waits for nobody.
   */
  default Work work(AuthRequest request) {
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
