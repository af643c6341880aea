package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.token.Tokens;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the caller's opaque tokens. */
final class TokensEndpoint implements Endpoint {
  private final Tokens tokens;
  private final Caller caller;

  TokensEndpoint(Tokens tokens, Caller caller) {
    this.tokens = tokens;
    this.caller = caller;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body) throws RefusedRequestException {
    Authenticated who = caller.manager(request);
    List<Map<String, Object>> listed =
        tokens.list(who.principal().id()).stream().map(record -> fields(record, who)).toList();
    return JsonResponse.of(200, Map.of("tokens", listed));
  }

  private static Map<String, Object> fields(TokenRecord record, Authenticated who) {
    Map<String, Object> fields = new LinkedHashMap<>(described(record));
    fields.put("client", record.client());
    fields.put("created_at", record.createdAt().toString());
    fields.put("last_seen_at", record.lastSeenAt().toString());
    fields.put("current", who.credentialId().filter(record.id()::equals).isPresent());
    return fields;
  }

  /** What is told of a token when it is made, too. */
  static Map<String, Object> described(TokenRecord record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", record.id());
    fields.put("label", record.label());
    fields.put("scopes", JsonResponse.scopes(record.scopes()));
    fields.put("expires_at", record.endsAt().map(Instant::toString).orElse(null));
    return fields;
  }
}
