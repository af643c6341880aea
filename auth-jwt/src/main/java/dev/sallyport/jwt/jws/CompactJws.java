package dev.sallyport.jwt.jws;

import dev.sallyport.jwt.json.Base64Url;
import dev.sallyport.jwt.key.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The three parts of a token in compact form (RFC 7515 section 7.1), decoded but not yet trusted.
 */
public final class CompactJws {
  public final JwsHeader header;
  public final byte[] payload;
  private final byte[] signature;

  /** The whole token; the signature covers the first {@link #signedLength} bytes. */
  public final byte[] text;

  private final int signedLength;
  final boolean headerIsKnown;
  private final int headerLength;

  private CompactJws(
      JwsHeader header,
      boolean headerIsKnown,
      byte[] payload,
      byte[] signature,
      byte[] text,
      int first,
      int second) {
    this.header = header;
    this.headerIsKnown = headerIsKnown;
    this.payload = payload;
    this.signature = signature;
    this.text = text;
    this.headerLength = first;
    this.signedLength = second;
  }

  /** Headers that need not be parsed, because they are known. */
  public interface Headers {
    /** Finds the header that is written in the first bytes of a token; null if it is unknown. */
    @Nullable JwsHeader find(byte[] token, int end);
  }

  /** Returns null for anything else. */
  public static @Nullable CompactJws parse(String compact, Headers known) {
    int first = compact.indexOf('.');
    int second = compact.indexOf('.', first + 1);
    if (first < 1 || second < 0 || compact.indexOf('.', second + 1) >= 0) {
      return null;
    }
    byte[] text = compact.getBytes(StandardCharsets.ISO_8859_1); // non-ASCII never becomes a digit
    if (text.length != compact.length()) {
      return null; // a surrogate pair becomes one byte
    }
    byte[] payload = Base64Url.decode(text, first + 1, second);
    byte[] signature = Base64Url.decode(text, second + 1, text.length);
    if (payload == null || signature == null || signature.length == 0) {
      return null;
    }
    JwsHeader header = known.find(text, first);
    if (header != null) {
      return new CompactJws(header, true, payload, signature, text, first, second);
    }
    byte[] json = Base64Url.decode(text, 0, first);
    header = json == null ? null : JwsHeader.parse(json);
    return header == null
        ? null
        : new CompactJws(header, false, payload, signature, text, first, second);
  }

  /** Whether the signature is the key's, whose algorithm has been compared with the header's. */
  public boolean isSignedBy(VerificationKey key) {
    return key.verifies(text, signedLength, signature);
  }

  /** The header as written in the token, still in base64url. */
  public byte[] headerBytes() {
    return Arrays.copyOf(text, headerLength);
  }

  @Override
  public String toString() {
    return "CompactJws[hidden]";
  }
}
