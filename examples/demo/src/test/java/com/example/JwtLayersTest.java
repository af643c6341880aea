package com.example;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rooms of JWTs: each knows those before it. */
class JwtLayersTest {
  private static final String ROOT = "dev.sallyport.jwt";
  private static final List<String> ROOMS =
      List.of(
          ROOT + ".json",
          ROOT + ".fetch",
          ROOT + ".key",
          ROOT + ".jws",
          ROOT + ".token",
          ROOT + ".dpop",
          ROOT + ".refresh",
          ROOT);

  private static final JavaClasses JWT = new ClassFileImporter().importPackages(ROOT);

  @Test
  @DisplayName("Every class is in one of the rooms")
  void complete() {
    assertThat(JWT).allMatch(type -> ROOMS.contains(type.getPackageName()));
  }

  @Test
  @DisplayName("No room knows one above it: signatures know no claims, claims no logins")
  void arrows() {
    for (int lower = 0; lower < ROOMS.size(); lower++) {
      for (String upper : ROOMS.subList(lower + 1, ROOMS.size())) {
        noClasses()
            .that()
            .resideInAPackage(ROOMS.get(lower))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(upper)
            .check(JWT);
      }
    }
  }

  @Test
  @DisplayName("Jackson is known where JSON is read, and by nobody else")
  void jackson() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".json", ROOT + ".key")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(JWT);
  }
}
