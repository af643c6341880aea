package dev.sallyport.jwt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Headers of tokens whose signature was right, so that an issuer's header is parsed once and not
 * with each of its tokens. A stranger's header is never remembered. Safe for many threads.
 */
final class KnownHeaders {
  private static final int MAX_HEADERS = 16;
  private static final int MAX_LENGTH = 512;

  private volatile List<Known> known = List.of();

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
    List<Known> next = new ArrayList<>(known);
    next.add(0, new Known(text, header));
    known = List.copyOf(next.subList(0, Math.min(next.size(), MAX_HEADERS)));
  }
}
