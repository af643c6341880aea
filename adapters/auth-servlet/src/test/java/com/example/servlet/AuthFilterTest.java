package com.example.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.servlet.Container.Running;
import com.example.servlet.Container.Setup;
import dev.sallyport.guard.Permission;
import dev.sallyport.servlet.AuthFilter;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The filter")
class AuthFilterTest {
  private final Site site = new Site();

  @ParameterizedTest
  @EnumSource
  @DisplayName("GU-1 lets through what the default permission allows, and answers the rest")
  void guards(Container container) throws Exception {
    try (Running running =
        container.start(
            Setup.of(
                context -> {
                  site.filter.addTo(context);
                  Site.serve(context, "/whoami", Site::whoAmI);
                }))) {
      Wire wire = Wire.to(running);
      Wire.Answer alice = wire.get("/whoami", Site.ALICE);
      assertThat(alice.status()).isEqualTo(200);
      assertThat(alice.body()).contains(Site.ALICE_BY_BASIC);
      assertThat(alice.values("Cache-Control")).containsExactly("no-store");
      assertThat(wire.get("/whoami", Site.session(wire)).body()).contains(Site.ALICE_BY_SESSION);

      Wire.Answer anonymous = wire.get("/whoami");
      assertThat(anonymous.status()).isEqualTo(401);
      assertThat(anonymous.body()).contains("\"code\":\"authentication_required\"");
      assertThat(anonymous.values("Content-Type")).containsExactly("application/problem+json");
      assertThat(anonymous.values("Cache-Control")).containsExactly("no-store");
      assertThat(anonymous.values("WWW-Authenticate"))
          .hasSize(2)
          .first()
          .asString()
          .startsWith("Session ");
      assertThat(wire.get("/whoami", "Authorization: Basic !").body())
          .contains("malformed_credentials");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AD-8 a permission stands by the mapping or the name that the container has matched")
  void permissions(Container container) throws Exception {
    AuthFilter filter =
        site.filter.withPermissions(
            Map.of(
                "/admin/*", Permission.role("admin"),
                "servlet of /public", Permission.anyone(),
                "/both", Permission.anyone(),
                "servlet of /both", Permission.role("admin")));
    try (Running running =
        container.start(
            Setup.of(
                context -> {
                  filter.addTo(context);
                  for (String path : new String[] {"/admin/*", "/public", "/both", "/other"}) {
                    Site.serve(context, path, Site::whoAmI);
                  }
                }))) {
      Wire wire = Wire.to(running);
      assertThat(wire.get("/public").body()).contains(Site.NOBODY);
      assertThat(wire.get("/public", Site.ALICE).body()).contains(Site.ALICE_BY_BASIC);
      assertThat(wire.get("/both").status()).isEqualTo(200);
      assertThat(wire.get("/other").status()).isEqualTo(401);
      for (String target :
          new String[] {"/admin/x", "/admin", "/%61dmin/x", "/admin;a=b/x", "/public/../admin/x"}) {
        assertThat(wire.get(target, Site.ALICE).status()).as(target).isIn(400, 403);
      }
      assertThat(wire.get("/admin/x", Site.ALICE).body()).contains("\"code\":\"forbidden\"");
      assertThat(wire.get("/admin/x", Site.ADMIN).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CH-2 wrong credentials are refused in front of a public servlet as well")
  void wrongOnPublic(Container container) throws Exception {
    AuthFilter filter = site.filter.withPermissions(Map.of("/public", Permission.anyone()));
    try (Running running =
        container.start(
            Setup.of(
                context -> {
                  filter.addTo(context);
                  Site.serve(context, "/public", Site::whoAmI);
                }))) {
      assertThat(Wire.to(running).get("/public", "Authorization: Basic YTpi").status())
          .isEqualTo(401);
    }
  }
}
