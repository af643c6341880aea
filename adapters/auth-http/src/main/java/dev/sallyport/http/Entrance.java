package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Refusal;
import dev.sallyport.TransportSecurity;
import dev.sallyport.guard.Problem;

/** What stands before an endpoint that takes credentials in its body and asks no chain. */
record Entrance(TransportSecurity transport, OriginPolicy origins) {
  void check(AuthRequest request) throws RefusedRequestException {
    if (!transport.permits(request)) {
      throw new RefusedRequestException(
          Problem.of(
              403, Refusal.INSECURE_TRANSPORT.code(), "Credentials are accepted over HTTPS only."));
    }
    // Neither header is no browser's request, and its body carries the credentials: it passes.
    if (origins.judge(request) == OriginPolicy.Verdict.FOREIGN) {
      throw new RefusedRequestException(
          Problem.of(403, Refusal.CSRF.code(), "The request may come from another site."));
    }
  }
}
