package dev.sallyport.jwt;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The three parts of a token in compact form (RFC 7515 section 7.1), decoded and not yet believed.
 */
final class CompactJws {
  final JwsHeader header;
  final byte[] payload;
  final byte[] signature;

  /** What the signature is of: the first {@link #signedLength} bytes. */
  final byte[] signed;

  final int signedLength;

  private CompactJws(
      JwsHeader header, byte[] payload, byte[] signature, byte[] signed, int signedLength) {
    this.header = header;
    this.payload = payload;
    this.signature = signature;
    this.signed = signed;
    this.signedLength = signedLength;
  }

  /** Null for anything else. */
  static @Nullable CompactJws parse(String compact) {
    int first = compact.indexOf('.');
    int second = compact.indexOf('.', first + 1);
    if (first < 1 || second < 0 || compact.indexOf('.', second + 1) >= 0) {
      return null;
    }
    byte[] json = Base64Url.decode(compact.substring(0, first));
    byte[] payload = Base64Url.decode(compact.substring(first + 1, second));
    byte[] signature = Base64Url.decode(compact.substring(second + 1));
    if (json == null || payload == null || signature == null || signature.length == 0) {
      return null;
    }
    JwsHeader header = JwsHeader.parse(json);
    return header == null
        ? null
        : new CompactJws(
            header, payload, signature, compact.getBytes(StandardCharsets.ISO_8859_1), second);
  }

  @Override
  public String toString() {
    return "CompactJws[hidden]";
  }
}
