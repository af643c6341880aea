package dev.sallyport.jwt;

import org.jspecify.annotations.Nullable;

/**
 * Headers of tokens whose signature was right, so that an issuer's header is parsed once and not
 * with each of its tokens. A stranger's header is never remembered. Safe for many threads.
 */
final class KnownHeaders {
  private static final int MAX_HEADERS = 16;
  private static final int MAX_LENGTH = 512;

  private volatile Known[] known = {};

  /** A header as it stands in a token, up to the dot. */
  private record Known(String text, JwsHeader header) {}

  @Nullable JwsHeader find(String compact, int end) {
    for (Known candidate : known) {
      if (candidate.text.length() == end && compact.startsWith(candidate.text)) {
        return candidate.header;
      }
    }
    return null;
  }

  /** To be called for a token whose signature is right. */
  void remember(CompactJws verified) {
    if (!verified.headerIsKnown) {
      add(verified.headerText(), verified.header);
    }
  }

  /** The latest stands first, and makes the oldest go. */
  private synchronized void add(String text, JwsHeader header) {
    if (text.length() > MAX_LENGTH || find(text, text.length()) != null) {
      return;
    }
    Known[] former = known;
    Known[] next = new Known[Math.min(former.length + 1, MAX_HEADERS)];
    next[0] = new Known(text, header);
    System.arraycopy(former, 0, next, 1, next.length - 1);
    known = next;
  }
}
