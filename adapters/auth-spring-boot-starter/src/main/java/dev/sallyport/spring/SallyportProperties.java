package dev.sallyport.spring;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is Spring's alone; all else is said below {@code auth}.
 *
 * @param enabled whether requests are guarded at all
 * @param readOnlyUsers whether sign-up, change of password and logout everywhere are left out
 * @param users users for development, by name
 * @param pruneEvery how often expired records are removed for good; 0 for never
 * @param jdbc the stores in a database
 */
@ConfigurationProperties(prefix = SallyportProperties.PREFIX, ignoreUnknownFields = false)
record SallyportProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("false") boolean readOnlyUsers,
    @DefaultValue Map<String, DevelopmentUser> users,
    @DefaultValue("1h") Duration pruneEvery,
    @DefaultValue Jdbc jdbc) {
  static final String PREFIX = "sallyport";

  /**
   * One user.
   *
   * @param password the password, which stands in the settings as it is
   * @param roles the roles
   */
  record DevelopmentUser(@DefaultValue("") String password, @DefaultValue Set<String> roles) {
    /** Omits the password. */
    @Override
    public String toString() {
      return "DevelopmentUser" + roles;
    }
  }

  /**
   * The stores in a database.
   *
   * @param enabled whether they are used where there is a DataSource
   * @param createSchema whether the schema is created if it is missing
   */
  record Jdbc(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean createSchema) {}
}
