package dev.sallyport.jwt.dpop;

import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.NumericDate;
import dev.sallyport.jwt.json.StrictJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a proof says (RFC 9449 section 4.2).
 *
 * @param issuedAt in seconds
 * @param tokenHash the {@code ath}
 */
record ProofClaims(
    String id,
    String method,
    String url,
    long issuedAt,
    @Nullable String tokenHash,
    @Nullable String nonce) {

  /** Returns null unless the required claims are there, and all of these have their type. */
  static @Nullable ProofClaims parse(byte[] json) {
    try {
      JsonObject all = StrictJson.read(json);
      String id = all.text("jti");
      String method = all.text("htm");
      String url = all.text("htu");
      String tokenHash = all.text("ath");
      String nonce = all.text("nonce");
      boolean typed =
          (tokenHash != null || !all.containsKey("ath"))
              && (nonce != null || !all.containsKey("nonce"));
      return id == null || id.isEmpty() || method == null || url == null || !typed
          ? null
          : new ProofClaims(id, method, url, NumericDate.of(all.get("iat")), tokenHash, nonce);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return "ProofClaims[hidden]";
  }
}
