package dev.sallyport;

import java.util.Objects;

/**
 * One thing that is wrong with one input field. It never holds the value itself.
 *
 * @param field the field, as the client calls it, for example {@code password}
 * @param code a stable code in snake_case for programs, for example {@code too_short}
 * @param detail a sentence for people: what is wrong and what is allowed
 */
public record Fault(String field, String code, String detail) {
  /** Rejects null. */
  public Fault {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(detail, "detail");
  }
}
