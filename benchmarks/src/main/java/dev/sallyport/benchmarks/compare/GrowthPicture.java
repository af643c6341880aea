package dev.sallyport.benchmarks.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line for each thing, both axes logarithmic: what costs the same for any number is flat. Things
 * of which there are as many at most share a panel, and all panels the axis of the time.
 */
final class GrowthPicture {
  private final Growth growth;

  GrowthPicture(Growth growth) {
    this.growth = growth;
  }

  String svg() {
    double[] powers = powers();
    double lowest = Math.floor(powers[0]);
    double highest = Math.max(lowest + 1, Math.ceil(powers[powers.length - 1]));
    List<String> drawn = new ArrayList<>();
    for (Map<Growth.Thing, TreeMap<Integer, Measured>> things : panels()) {
      int from = drawn.size() * GrowthPanel.WIDTH;
      double decades = Math.log10(things.values().iterator().next().lastKey());
      drawn.add(new GrowthPanel(from, decades, lowest, highest).svg(things));
    }
    return Svg.page(
        drawn.size() * GrowthPanel.WIDTH,
        GrowthPanel.HEIGHT,
        Svg.text(20, 26, "start", "Time of one authentication, by how many there are")
            + String.join("", drawn));
  }

  /** By the largest number, the most first. */
  private Collection<Map<Growth.Thing, TreeMap<Integer, Measured>>> panels() {
    TreeMap<Integer, Map<Growth.Thing, TreeMap<Integer, Measured>>> panels =
        new TreeMap<>(Comparator.reverseOrder());
    growth
        .measured()
        .forEach(
            (thing, took) ->
                panels
                    .computeIfAbsent(took.lastKey(), most -> new LinkedHashMap<>())
                    .put(thing, took));
    return panels.values();
  }

  /** The logarithms of all times, in order. */
  private double[] powers() {
    return growth.measured().values().stream()
        .flatMap(all -> all.values().stream())
        .mapToDouble(took -> Math.log10(took.nanos()))
        .sorted()
        .toArray();
  }
}
