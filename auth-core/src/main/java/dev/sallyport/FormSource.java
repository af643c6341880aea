package dev.sallyport;

import java.util.List;

/**
 * Where an {@link AuthRequest} reads the fields of a posted HTML form from. Called only if a scheme
 * needs a field, so that no body is read in vain.
 */
@FunctionalInterface
public interface FormSource {
  /**
   * The values of a field.
   *
   * @param name the name of the field
   * @return the values in order; empty if there are none, or the body isn't a form
   */
  List<String> values(String name);
}
