package com.example.eventloop;

import java.util.List;

/** Header lines of all schemes, right and wrong, by turns; Basic's of many users. */
public final class MixedCredentials {
  private static final int USERS = 50;
  private static final String BASIC = "Basic";

  private final List<String> lines;

  private MixedCredentials(List<String> lines) {
    this.lines = lines;
  }

  /** Of alice and of users that are inserted here. */
  public static MixedCredentials of(EventLoopSite site) throws Exception {
    for (int i = 0; i < USERS; i++) {
      site.insert("user" + i);
    }
    return new MixedCredentials(
        List.of(
            site.session(),
            site.token(),
            site.jwt(),
            EventLoopSite.alice(),
            "X-Nobody: 1",
            "Cookie: dev-session=" + "x".repeat(43),
            "Authorization: Bearer unknown",
            site.jwt() + "x",
            BASIC));
  }

  /** Name and value of the i-th request's header. */
  public String[] field(int i) {
    String line = lines.get(i % lines.size());
    return (line.equals(BASIC) ? basic(i) : line).split(": ", 2);
  }

  /** Wrong now and then: a hundred times in all would keep the address waiting. */
  private static String basic(int i) {
    return i % 13 == 0
        ? EventLoopSite.basic("nobody" + i, "wrong")
        : EventLoopSite.basic("user" + i % USERS, EventLoopSite.PASSWORD);
  }
}
