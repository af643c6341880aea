package dev.sallyport.basic;

import dev.sallyport.AuthRequest;
import java.util.List;

/**
 * When a browser opens its password dialogue. Otherwise the challenge is {@code xBasic}, which
 * browsers ignore.
 */
public enum Prompt {
  /** On every 401. */
  ALWAYS,

  /**
   * Only when the user goes to a page: {@code Sec-Fetch-Mode: navigate}; from a browser that
   * doesn't send that field, any request without {@code X-Requested-With}.
   */
  NAVIGATIONS,

  /** On no 401. */
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
