package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.account.Devices;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.store.TokenRecord;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists where the caller is logged in. */
final class SessionsEndpoint implements Endpoint {
  private final Devices devices;
  private final Caller caller;

  SessionsEndpoint(Devices devices, Caller caller) {
    this.devices = devices;
    this.caller = caller;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body) throws RefusedRequestException {
    Authenticated who = caller.manager(request);
    List<Map<String, Object>> sessions =
        devices.list(who.principal().id()).stream().map(record -> fields(record, who)).toList();
    return JsonResponse.of(200, Map.of("sessions", sessions));
  }

  private static Map<String, Object> fields(TokenRecord record, Authenticated who) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", record.id());
    fields.put("kind", record.kind().text());
    fields.put("client", record.client());
    fields.put("created_at", record.createdAt().toString());
    fields.put("last_seen_at", record.lastSeenAt().toString());
    fields.put("expires_at", record.endsAt().map(Instant::toString).orElse(null));
    fields.put("current", who.credentialId().filter(record.id()::equals).isPresent());
    return fields;
  }
}
