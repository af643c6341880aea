package com.example.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sallyport.guard.Permission;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AnnotatedPermissionsTest {
  private static final Permission ADMINS = Permission.role("admin");

  private static final AnnotatedPermissions PERMISSIONS =
      AnnotatedPermissions.of(Map.of(Admins.class, ADMINS));

  @Retention(RetentionPolicy.RUNTIME)
  @interface Admins {}

  interface Annotated {
    @Admins
    String read(String name);
  }

  static class Implementing implements Annotated {
    @Override
    public String read(String name) {
      return name;
    }
  }

  interface Generic<T> {
    @Admins
    String read(T name);
  }

  static class Concrete implements Generic<String> {
    @Override
    public String read(String name) {
      return name;
    }
  }

  static class Base {
    public String read(String name) {
      return name;
    }
  }

  /** Has the compiler's bridge, and no method of its own. */
  abstract static class Between extends Base implements Generic<String> {}

  static class Below extends Between {}

  static class WideBase {
    @PermitAll
    public String read(Object name) {
      return "" + name;
    }

    @PermitAll
    static String list(String name) {
      return name;
    }

    @PermitAll
    @SuppressWarnings("UnusedMethod") // the reader of annotations must pass it over
    private String hidden(String name) {
      return name;
    }
  }

  @Admins
  static class Overloading extends WideBase {
    public String read(String name) {
      return name;
    }

    public String hidden(String name) {
      return name;
    }
  }

  static class SeveralOverloads implements Generic<String> {
    @Override
    public String read(String name) {
      return name;
    }

    public String read(Integer number) {
      return "" + number;
    }
  }

  static class Twice {
    @PermitAll
    @DenyAll
    public void read() {}
  }

  private static Optional<Permission> of(Class<?> type, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    Method method = type.getMethod(name, parameters);
    return PERMISSIONS.of(method, type);
  }

  @Test
  @DisplayName("AD-8 the annotation of an overridden method counts, also of a generic one")
  void overridden() throws NoSuchMethodException {
    assertThat(of(Implementing.class, "read", String.class)).contains(ADMINS);
    assertThat(of(Concrete.class, "read", String.class)).contains(ADMINS);
    assertThat(of(Below.class, "read", String.class)).contains(ADMINS);
    assertThat(of(Object.class, "toString")).isEmpty();
  }

  @Test
  @DisplayName("AD-8 a wider overload above, a static or a private method opens nothing")
  void overloaded() throws NoSuchMethodException {
    assertThat(of(Overloading.class, "read", String.class)).contains(ADMINS);
    assertThat(of(Overloading.class, "hidden", String.class)).contains(ADMINS);
  }

  @Test
  @DisplayName("AD-8 what can't be decided is refused, not guessed")
  void undecided() {
    assertThatIllegalStateException()
        .isThrownBy(() -> of(SeveralOverloads.class, "read", Integer.class))
        .withMessageContaining("annotate");
    assertThatIllegalStateException()
        .isThrownBy(() -> of(Twice.class, "read"))
        .withMessageContaining("leave one");
  }
}
