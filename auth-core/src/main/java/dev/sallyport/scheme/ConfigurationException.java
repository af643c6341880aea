package dev.sallyport.scheme;

import java.util.List;

/** Settings that can't be used. It names everything that is wrong at once, and no secret. */
public class ConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** One sentence each. */
  private final String[] faults;

  /**
   * Tells the faults.
   *
   * @param faults one sentence each: the key, the value and what is allowed
   */
  public ConfigurationException(List<String> faults) {
    super("The settings have " + count(faults.size()) + ":\n- " + String.join("\n- ", faults));
    this.faults = faults.toArray(String[]::new);
  }

  private static String count(int faults) {
    return faults == 1 ? "a fault" : faults + " faults";
  }

  /** {@return all that is wrong, one sentence each} */
  public List<String> faults() {
    return List.of(faults);
  }
}
