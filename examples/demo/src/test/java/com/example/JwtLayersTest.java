package com.example;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The layers of JWTs: each knows those before it. */
class JwtLayersTest {
  private static final List<String> LAYERS =
      List.of(
          // bytes, JSON and keys
          "StrictJson|StrictText|Member(Names|Order)|NumericDate|Base64Url|Pool|Macs|Signatures"
              + "|Provider(Keys|Signer)|PublicHalf|WeakKeys|Curve|Edwards|Jw[ks]\\w*|KnownHeaders|CompactJws|Key\\w+|Pem(Block)?"
              + "|\\w*VerificationKeys?|Signing(Key\\w*)?|ExternalSign(er|ing)|RemoteKeySet|LimitedBody"
              + "|Der|OlderKeys|PublishedKeys",
          // claims and policy
          "Claims|ClaimsWriter|Claim(Name|Path)|AccessToken|TokenType|Jwt(Policy|Refusal|Result|Issuer)"
              + "|JwtVerifiers?|VerifiedJwt|SeenTokens|Identity",
          // logins that last
          "Refresh\\w+|Rotations|TokenPairs?|JwtLoginResult|JwtKeys",
          // requests and settings
          "JwtAuthenticator|OwnIdentity|TrustedIssuer|JwtScheme|JwtSettings|JwtFaults");

  private static final JavaClasses JWT =
      new ClassFileImporter().importPackages("dev.sallyport.jwt");

  private static DescribedPredicate<JavaClass> in(String layer) {
    Pattern names = Pattern.compile(layer);
    return describe(
        "of the layer " + layer,
        type ->
            type.getPackageName().equals("dev.sallyport.jwt")
                && names.matcher(outermost(type).getSimpleName()).matches());
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(JwtLayersTest::outermost).orElse(type);
  }

  @Test
  @DisplayName("Every class is of one layer")
  void complete() {
    for (JavaClass type : JWT) {
      if (!outermost(type).getSimpleName().equals("package-info")) {
        assertThat(LAYERS.stream().filter(layer -> in(layer).test(type)))
            .as(type.getName())
            .hasSize(1);
      }
    }
  }

  @Test
  @DisplayName("No layer knows one above it: signatures know no claims, claims no logins")
  void arrows() {
    for (int lower = 0; lower < LAYERS.size(); lower++) {
      for (int upper = lower + 1; upper < LAYERS.size(); upper++) {
        noClasses()
            .that(in(LAYERS.get(lower)))
            .should()
            .dependOnClassesThat(in(LAYERS.get(upper)))
            .check(JWT);
      }
    }
  }
}
