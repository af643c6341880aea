package dev.sallyport;

import java.util.Collection;
import java.util.List;

/**
 * Where an {@link AuthRequest} reads header fields from. An adapter implements it over its host's
 * request, so that nothing is copied; a host that recycles its requests before the answer is known
 * must copy first.
 */
public interface HeaderSource {
  /**
   * The values of a field, one for each field line, in the order received.
   *
   * @param name the field name, in any letter case
   * @return the values; empty if the field is absent; never null
   */
  List<String> values(String name);

  /** {@return the names of all fields of the request, in any letter case and order} */
  Collection<String> names();
}
