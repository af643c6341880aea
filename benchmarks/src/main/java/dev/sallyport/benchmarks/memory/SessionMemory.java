package dev.sallyport.benchmarks.memory;

import dev.sallyport.benchmarks.ChildJvm;
import dev.sallyport.benchmarks.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Fills a store with sessions in a JVM of its own, and divides by their number how much more heap
 * is in use then. Names and ids of the thousand users are there before, and shared by all.
 */
public final class SessionMemory {
  private static final List<String> OPTIONS = List.of("-Xmx4g", "-XX:+UseSerialGC");
  private static final int USERS = 1000;

  private SessionMemory() {}

  /**
   * Measures.
   *
   * @param sessions how many
   * @return the bytes of one session, of each library
   */
  public static List<Figure> measure(int sessions) throws Exception {
    String what = String.format(Locale.ROOT, "one of %,d sessions in memory", sessions);
    List<Figure> figures = new ArrayList<>();
    for (String who : List.of(Figure.OURS, "spring-session", "shiro")) {
      ChildJvm.Run run =
          new ChildJvm(OPTIONS).run(SessionMemory.class, List.of(who, Integer.toString(sessions)));
      figures.add(new Figure(what, "bytes", who, Double.parseDouble(run.output().strip())));
    }
    return figures;
  }

  /** Prints the bytes of a session; the arguments are whose they are, and how many. */
  public static void main(String[] args) {
    int count = Integer.parseInt(args[1]);
    store(args[0]).fill(USERS); // loads all classes
    SessionFill store = store(args[0]);
    long before = used();
    store.fill(count);
    long after = used();
    if (store.size() != count) {
      throw new IllegalStateException(args[0] + " has " + store.size());
    }
    System.out.println((after - before) / (double) count);
    System.exit(0); // Shiro may have threads
  }

  private static SessionFill store(String who) {
    return switch (who) {
      case Figure.OURS -> new SallyportFill(USERS);
      case "spring-session" -> new SpringFill(USERS);
      case "shiro" -> new ShiroFill(USERS);
      default -> throw new IllegalArgumentException(who);
    };
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
