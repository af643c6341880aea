package dev.sallyport.testkit;

import dev.sallyport.Plan;
import java.util.ArrayList;
import java.util.List;

/** What the parts of a plan need. */
public final class Plans {
  private Plans() {}

  /**
   * Completes a plan.
   *
   * @param plan the plan
   * @return what each of its parts needed, in order; none if nothing was left to do
   * @throws dev.sallyport.StoreUnavailableException if a store could not answer
   */
  public static List<Plan.Work> works(Plan<?> plan) {
    List<Plan.Work> works = new ArrayList<>();
    Plan<?> rest = plan;
    while (rest instanceof Plan.Later<?> later) {
      works.add(later.work());
      rest = later.proceed();
    }
    return works;
  }
}
