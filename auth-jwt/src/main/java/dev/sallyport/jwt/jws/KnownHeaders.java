package dev.sallyport.jwt.jws;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Headers of tokens whose signature was valid, so that an issuer's header is parsed once and not
 * with each of its tokens: that would make a verification with HS256 at least 30 % longer (both in
 * one process, by turns). A stranger's header is never remembered. Safe for many threads.
 */
public final class KnownHeaders implements CompactJws.Headers {
  private static final int MAX_HEADERS = 16;
  private static final int MAX_LENGTH = 1024;

  private volatile Known[] known = {};

  /** A header as written in a token, up to the dot. */
  private static final class Known {
    final byte[] text;
    final JwsHeader header;

    Known(byte[] text, JwsHeader header) {
      this.text = text;
      this.header = header;
    }
  }

  /**
   * Compares bytes: the JDK compares arrays many bytes at a time, but strings one character at a
   * time.
   */
  @Override
  public @Nullable JwsHeader find(byte[] token, int end) {
    for (Known candidate : known) {
      if (Arrays.mismatch(token, 0, end, candidate.text, 0, candidate.text.length) < 0) {
        return candidate.header;
      }
    }
    return null;
  }

  /** To be called for tokens with a valid signature. */
  public void remember(CompactJws verified) {
    if (!verified.headerIsKnown) {
      add(verified.headerBytes(), verified.header);
    }
  }

  /** The latest comes first; the oldest is dropped to make room. */
  private synchronized void add(byte[] text, JwsHeader header) {
    if (text.length > MAX_LENGTH || find(text, text.length) != null) {
      return;
    }
    Known[] former = known;
    Known[] next = new Known[Math.min(former.length + 1, MAX_HEADERS)];
    next[0] = new Known(text, header);
    System.arraycopy(former, 0, next, 1, next.length - 1);
    known = next;
  }
}
