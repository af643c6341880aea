package dev.sallyport.basic;

import dev.sallyport.AuthRequest;
import java.util.List;

/**
 * When a browser is to open its password dialogue. Held back, the challenge is {@code xBasic},
 * which browsers ignore.
 */
public enum Prompt {
  /** At every 401. */
  ALWAYS,

  /**
   * Only where the user goes to a page: {@code Sec-Fetch-Mode: navigate}; of a browser that doesn't
   * send it, whatever has no {@code X-Requested-With}.
   */
  NAVIGATIONS,

  /** At no 401. */
  NEVER;

  boolean isDue(AuthRequest request) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case NAVIGATIONS -> {
        List<String> modes = request.headers("Sec-Fetch-Mode");
        yield modes.isEmpty()
            ? request.headers("X-Requested-With").isEmpty()
            : modes.equals(List.of("navigate"));
      }
    };
  }
}
