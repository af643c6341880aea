package com.example.account;

import dev.sallyport.Reason;
import dev.sallyport.account.AccountResult;
import java.time.Duration;
import java.util.function.Predicate;

/** Tells refusals apart. */
public final class Refusals {
  private Refusals() {}

  /** How long a refused result has its caller wait. */
  public static Duration wait(AccountResult result) {
    return ((AccountResult.Refused) result).rejected().retryAfter().orElseThrow();
  }

  /** Whether a result is a refusal for this reason. */
  public static Predicate<AccountResult> refusedFor(Reason reason) {
    return result ->
        result instanceof AccountResult.Refused refused && refused.reason().equals(reason);
  }
}
