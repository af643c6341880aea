package dev.sallyport.benchmarks.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The time of one authentication by how many there are of a thing, as a table and as JSON. */
final class Growth {
  private final Map<Thing, TreeMap<Integer, Measured>> measured = new LinkedHashMap<>();

  /**
   * Something of which there can be many.
   *
   * @param name its name
   * @param benchmark the JMH method
   * @param params its parameters but for the size
   * @param sizes how many there are in turn
   */
  record Thing(String name, String benchmark, Map<String, String> params, List<Integer> sizes) {
    Contender contender(int size) {
      Map<String, String> all = new LinkedHashMap<>(params);
      all.put("size", Integer.toString(size));
      return Contender.ours(benchmark).with(all);
    }
  }

  /** All things. */
  static List<Thing> things() {
    List<Integer> large = List.of(1, 1000, 1_000_000);
    List<Integer> small = List.of(1, 10, 1000);
    return List.of(
        thing("sessions", "SessionGrowth", Map.of(), large),
        thing("users", "UserGrowth", Map.of(), large),
        thing("revoked tokens", "RevokedGrowth", Map.of(), large),
        thing("keys, token seen before", "KeyGrowth", Map.of("seen", "true"), small),
        thing("keys, HS256 verified", "KeyGrowth", Map.of("seen", "false"), small),
        thing("members of the chain", "MemberGrowth", Map.of(), small));
  }

  private static Thing thing(
      String name, String benchmark, Map<String, String> params, List<Integer> sizes) {
    return new Thing(name, "growth." + benchmark + ".authenticate", params, sizes);
  }

  void add(Thing thing, int size, Measured took) {
    measured.computeIfAbsent(thing, key -> new TreeMap<>()).put(size, took);
  }

  Map<Thing, TreeMap<Integer, Measured>> measured() {
    return measured;
  }

  private TreeSet<Integer> sizes() {
    TreeSet<Integer> sizes = new TreeSet<>();
    measured.keySet().forEach(thing -> sizes.addAll(thing.sizes()));
    return sizes;
  }

  String table() {
    String head =
        sizes().stream()
            .map(size -> String.format(Locale.ROOT, " %,d |", size))
            .collect(Collectors.joining("", "| one authentication, with so many |", "\n"));
    String rule = "|---" + "|---".repeat(sizes().size()) + "|\n";
    return measured.keySet().stream()
        .map(thing -> line(thing, sizes()) + "\n")
        .collect(Collectors.joining("", head + rule, ""));
  }

  /** A thing alone, with its own sizes. */
  String line(Thing thing) {
    return line(thing, new TreeSet<>(thing.sizes()));
  }

  private String line(Thing thing, TreeSet<Integer> sizes) {
    TreeMap<Integer, Measured> took = measured.get(thing);
    return sizes.stream()
        .map(size -> took.containsKey(size) ? Report.time(took.get(size)) : "–")
        .collect(Collectors.joining(" | ", "| " + thing.name() + " | ", " |"));
  }

  List<String> entries() {
    List<String> entries = new ArrayList<>();
    measured.forEach(
        (thing, all) ->
            all.forEach(
                (size, took) ->
                    entries.add(
                        Json.entry(
                            "thing",
                            thing.name(),
                            "size",
                            size,
                            "ns",
                            took.nanos(),
                            "spread",
                            took.spread()))));
    return entries;
  }
}
