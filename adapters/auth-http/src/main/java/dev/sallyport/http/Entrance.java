package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.TransportSecurity;
import dev.sallyport.guard.Guard;

/** What stands before an endpoint that takes credentials in its body and asks no chain. */
record Entrance(Guard guard, TransportSecurity transport, OriginPolicy origins) {
  /**
   * Refuses what came without TLS, or from another site's page.
   *
   * @param what the endpoint, for the event
   */
  void check(AuthRequest request, String what) throws RefusedRequestException {
    if (!transport.permits(request)) {
      throw refused(request, Rejected.of(what, Reason.INSECURE_TRANSPORT));
    }
    // Neither header is no browser's request, and its body carries the credentials: it passes.
    if (origins.judge(request) == OriginPolicy.Verdict.FOREIGN) {
      throw refused(request, Rejected.of(what, Reason.CROSS_SITE));
    }
  }

  private RefusedRequestException refused(AuthRequest request, Rejected rejected) {
    guard.chain().report(rejected, request);
    return new RefusedRequestException(guard.refuse(request, rejected));
  }
}
