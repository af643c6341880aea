package com.example;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

@DisplayName("The rules of the house")
class ArchitectureTest {
  private static final JavaClasses SALLYPORT = importQuietly();

  private static final String[] CORE = {
    "dev.sallyport",
    "dev.sallyport.account",
    "dev.sallyport.counts",
    "dev.sallyport.event",
    "dev.sallyport.guard",
    "dev.sallyport.lane",
    "dev.sallyport.credential",
    "dev.sallyport.password",
    "dev.sallyport.scheme",
    "dev.sallyport.store",
    "dev.sallyport.throttle"
  };

  /** At TRACE, ArchUnit writes more than all else together, which each class would then search. */
  private static JavaClasses importQuietly() {
    ((Logger) LoggerFactory.getLogger("com.tngtech.archunit")).setLevel(Level.WARN);
    return new ClassFileImporter().importPackages("dev.sallyport");
  }

  private static ArchRule arrows(String from, String... to) {
    return arrows(new String[] {from}, to);
  }

  private static ArchRule arrows(String[] from, String... to) {
    List<String> allowed = new ArrayList<>(List.of(CORE));
    allowed.addAll(List.of(from));
    allowed.addAll(List.of(to));
    allowed.addAll(List.of("java..", "javax.crypto..", "org.jspecify.annotations"));
    return classes()
        .that()
        .resideInAnyPackage(from)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .allowEmptyShould(false);
  }

  static Stream<Arguments> arrows() {
    return Stream.of(
        Arguments.of("core", arrows(CORE, "org.slf4j..", "at.favre.lib.crypto.bcrypt")),
        Arguments.of("basic", arrows("dev.sallyport.basic")),
        Arguments.of("session", arrows("dev.sallyport.session")),
        Arguments.of("token", arrows("dev.sallyport.token")),
        Arguments.of("jwt", arrows("dev.sallyport.jwt..", "com.fasterxml.jackson.core..")),
        Arguments.of(
            "testkit",
            arrows(
                "dev.sallyport.testkit..",
                "javax.net.ssl",
                "org.junit.jupiter.api..",
                "org.assertj..",
                "org.slf4j..")),
        Arguments.of(
            "http",
            arrows(
                "dev.sallyport.http",
                "dev.sallyport.jwt",
                "dev.sallyport.jwt.dpop",
                "dev.sallyport.jwt.json",
                "dev.sallyport.jwt.key",
                "dev.sallyport.jwt.refresh",
                "dev.sallyport.session",
                "dev.sallyport.token",
                "com.sun.net.httpserver",
                "org.slf4j..")),
        Arguments.of("jdbc", arrows("dev.sallyport.jdbc", "javax.sql")),
        Arguments.of(
            "redis",
            arrows(
                "dev.sallyport.redis",
                "redis.clients.jedis..",
                "org.apache.commons.pool2..",
                "org.slf4j..")),
        Arguments.of(
            "demo",
            arrows(
                "dev.sallyport.demo",
                "dev.sallyport.site",
                "dev.sallyport.http",
                "com.sun.net.httpserver")),
        Arguments.of(
            "site",
            arrows(
                "dev.sallyport.site",
                "dev.sallyport.basic",
                "dev.sallyport.jdbc",
                "dev.sallyport.jwt",
                "dev.sallyport.jwt.key",
                "dev.sallyport.jwt.refresh",
                "dev.sallyport.session",
                "dev.sallyport.token",
                "dev.sallyport.http",
                "com.zaxxer.hikari",
                "javax.sql")),
        Arguments.of(
            "servlet", arrows("dev.sallyport.servlet", "dev.sallyport.http", "jakarta.servlet..")),
        Arguments.of(
            "vertx",
            arrows("dev.sallyport.vertx", "dev.sallyport.http", "io.vertx..", "org.slf4j..")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @DisplayName("Arrows point inwards: a module uses what it may, and nothing uses an example")
  void arrows(String module, ArchRule rule) {
    rule.check(SALLYPORT);
  }

  @Test
  @DisplayName("Every class belongs to a module that has its arrows")
  void allModules() {
    List<String> known = new ArrayList<>(List.of(CORE));
    for (String module :
        new String[] {
          "basic", "session", "token", "jwt", "testkit", "http", "jdbc", "servlet", "redis", "site",
          "demo", "vertx"
        }) {
      known.add("dev.sallyport." + module);
    }
    assertThat(SALLYPORT.stream().map(JavaClass::getPackageName))
        .allMatch(
            name ->
                known.contains(name)
                    || name.startsWith("dev.sallyport.jwt.")
                    || name.equals("dev.sallyport.testkit.adapter"));
  }

  @Test
  @DisplayName("Packages form no circle")
  void noCircles() {
    SlicesRuleDefinition.slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith("dev.sallyport")
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(false)
        .check(SALLYPORT);
  }

  private static ArchRule noCall(Class<?> owner, String method, Class<?>... parameters) {
    return noClasses().should().callMethod(owner, method, parameters).allowEmptyShould(false);
  }

  private static ArchRule noConstructor(Class<?> owner, Class<?>... parameters) {
    return noClasses().should().callConstructor(owner, parameters).allowEmptyShould(false);
  }

  /** A lambda's or method reference's access is one too, which callMethod doesn't see. */
  private static ArchRule noAccess(Class<?> owner, String name) {
    return noClasses()
        .should()
        .accessTargetWhere(
            JavaAccess.Predicates.target(
                describe(
                    owner.getSimpleName() + "." + name,
                    target ->
                        target.getOwner().isEquivalentTo(owner) && target.getName().equals(name))))
        .allowEmptyShould(false);
  }

  private static ArchRule noUse(String... types) {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(String.join("|", types).replace(".", "\\."))
        .allowEmptyShould(false);
  }

  private static final ArchCondition<JavaClass> SHOW_NO_JACKSON =
      new ArchCondition<>("show no Jackson type") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          if (type.getModifiers().contains(JavaModifier.PUBLIC)) {
            type.getAllRawSuperclasses().forEach(shown -> judge(type, shown, events));
            type.getAllRawInterfaces().forEach(shown -> judge(type, shown, events));
            type.getMembers().stream()
                .filter(
                    member ->
                        member.getModifiers().contains(JavaModifier.PUBLIC)
                            || member.getModifiers().contains(JavaModifier.PROTECTED))
                .forEach(member -> judge(type, member, events));
          }
        }

        private void judge(JavaClass type, JavaMember member, ConditionEvents events) {
          member.getAllInvolvedRawTypes().forEach(shown -> judge(type, shown, events));
          if (member instanceof JavaCodeUnit unit) {
            unit.getExceptionTypes().forEach(shown -> judge(type, shown, events));
          }
        }

        private void judge(JavaClass type, JavaClass shown, ConditionEvents events) {
          boolean jackson = shown.getPackageName().startsWith("com.fasterxml.jackson");
          events.add(
              new SimpleConditionEvent(
                  type, !jackson, type.getName() + " shows " + shown.getName()));
        }
      };

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of("static fields are final", fields().that().areStatic().should().beFinal()),
        Arguments.of("no Random", noUse("java.util.Random", "java.util.SplittableRandom")),
        Arguments.of("no other Random", noUse("java.util.concurrent.ThreadLocalRandom")),
        Arguments.of("no Math.random", noAccess(Math.class, "random")),
        Arguments.of("no Date", noUse("java.util.Date", "java.util.Calendar")),
        Arguments.of("no deserialisation", noUse("java.io.ObjectInputStream")),
        Arguments.of("no Jackson in the API", classes().should(SHOW_NO_JACKSON)),
        Arguments.of("a locale to lower case", noCall(String.class, "toLowerCase")),
        Arguments.of("a locale to upper case", noCall(String.class, "toUpperCase")),
        Arguments.of("a charset to encode", noCall(String.class, "getBytes")),
        Arguments.of("a charset to decode", noConstructor(String.class, byte[].class)),
        Arguments.of("no Arrays.equals", noAccess(java.util.Arrays.class, "equals")),
        Arguments.of("no equalsIgnoreCase", noAccess(String.class, "equalsIgnoreCase")),
        Arguments.of(
            "no standard streams",
            noClasses()
                .that()
                .resideOutsideOfPackage("dev.sallyport.site")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")),
        Arguments.of(
            "no package without a meaning",
            noClasses()
                .should()
                .resideInAnyPackage(
                    "..internal..", "..util..", "..common..", "..impl..", "..helper..")),
        Arguments.of(
            "no class without a meaning",
            noClasses().should().haveNameMatching(".*(Manager|Helpers?|Utils?)(\\$.*)?")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  @DisplayName("The house keeps each rule")
  void kept(String name, ArchRule rule) {
    rule.allowEmptyShould(false).check(SALLYPORT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  @DisplayName("Each rule finds whoever breaks it")
  void canFail(String name, ArchRule rule) {
    JavaClasses offenders =
        new ClassFileImporter().importClasses(OffendingUtil.class, com.example.util.Offender.class);
    assertThat(rule.evaluate(offenders).hasViolation()).isTrue();
  }

  /** Breaks the rules; it is never run. */
  @SuppressWarnings({"unused", "all"})
  public static class OffendingUtil {
    static int changing;

    public com.fasterxml.jackson.databind.JsonNode shown() throws Exception {
      System.out.println(Math.random() + new Random().nextInt());
      System.err.println(ThreadLocalRandom.current().nextInt() + "" + new Date());
      new java.io.ObjectInputStream(new java.io.ByteArrayInputStream(new byte[0])).close();
      String text = new String("a".toLowerCase().toUpperCase().getBytes());
      boolean same =
          java.util.Arrays.equals(new byte[0], new byte[0]) || "a".equalsIgnoreCase(text);
      return null;
    }
  }
}
