package dev.sallyport;

import java.util.Objects;

/**
 * The true reason of a refusal, for events and the trace; the client sees its {@link Refusal} only.
 * A scheme makes its own once, as a constant.
 *
 * @param name a stable name in snake_case, without anything that the client sent
 * @param refusal what the client sees
 */
public record Reason(String name, Refusal refusal) {
  /** Several authorities, or one that is malformed; see {@link AuthRequest#isContradictory}. */
  public static final Reason CONTRADICTORY_AUTHORITY =
      new Reason("contradictory_authority", Refusal.MALFORMED_REQUEST);

  /** More than one set of credentials in {@code Authorization}. */
  public static final Reason SEVERAL_CREDENTIALS =
      new Reason("several_credentials", Refusal.MALFORMED_CREDENTIALS);

  /** An {@code Authorization} field that is longer than the limit. */
  public static final Reason OVERSIZED = new Reason("oversized", Refusal.MALFORMED_CREDENTIALS);

  /** Credentials without a valid form. */
  public static final Reason MALFORMED = new Reason("malformed", Refusal.MALFORMED_CREDENTIALS);

  /** Credentials over plain HTTP. */
  public static final Reason INSECURE_TRANSPORT =
      new Reason("insecure_transport", Refusal.INSECURE_TRANSPORT);

  /** An unsafe request from another site. */
  public static final Reason CROSS_SITE = new Reason("cross_site", Refusal.CSRF);

  /** Rejects null. */
  public Reason {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(refusal, "refusal");
  }
}
