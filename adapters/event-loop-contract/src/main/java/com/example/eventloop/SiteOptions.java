package com.example.eventloop;

import dev.sallyport.lane.Lanes;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import java.util.function.UnaryOperator;

/**
 * What differs from test to test.
 *
 * @param users around the store of the users
 * @param passwords the options of the checks
 * @param lanes the options of the lanes
 */
public record SiteOptions(
    UnaryOperator<AccountStore> users,
    UnaryOperator<Passwords.Builder> passwords,
    UnaryOperator<Lanes.Builder> lanes) {
  /** What a host gets that sets nothing. */
  public static SiteOptions standard() {
    return new SiteOptions(users -> users, passwords -> passwords, lanes -> lanes);
  }

  /** So many passwords are checked at a time. */
  public SiteOptions turns(int turns) {
    return passwords(builder -> builder.maxConcurrentHashes(turns));
  }

  public SiteOptions users(UnaryOperator<AccountStore> others) {
    return new SiteOptions(others, passwords, lanes);
  }

  public SiteOptions passwords(UnaryOperator<Passwords.Builder> others) {
    return new SiteOptions(users, others, lanes);
  }

  public SiteOptions lanes(UnaryOperator<Lanes.Builder> others) {
    return new SiteOptions(users, passwords, others);
  }
}
