package com.example.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.NotAttempted;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.ForcedAuthenticator;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("AD-8 Annotations of resources")
class AnnotationsTest {
  private static JerseyHost host;

  /** Whoever names themselves, with the roles that they name. */
  private static final class Claimed implements Authenticator {
    @Override
    public AuthResult authenticate(AuthRequest request) {
      List<String> names = request.headers("X-Name");
      return names.isEmpty()
          ? NotAttempted.NO_CREDENTIALS
          : ForcedAuthenticator.as(names.get(0), request.headers("X-Role").toArray(String[]::new))
              .authenticate(request);
    }

    @Override
    public String name() {
      return "claimed";
    }
  }

  /** Stands for a scope. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface IsBob {}

  @Path("/plain")
  public static class Plain {
    @GET
    public String get() {
      return "plain";
    }

    @GET
    @PermitAll
    @Path("open")
    public String open() {
      return "open";
    }

    @GET
    @DenyAll
    @Path("closed")
    public String closed() {
      return "closed";
    }

    @GET
    @RolesAllowed({"admin", "auditor"})
    @Path("roles")
    public String roles() {
      return "roles";
    }

    @GET
    @RolesAllowed({})
    @Path("no-roles")
    public String noRoles() {
      return "no roles";
    }

    @GET
    @IsBob
    @Path("bob")
    public String bob() {
      return "bob";
    }

    @PermitAll
    @Path("below")
    public Below below() {
      return new Below();
    }
  }

  /** Found by a method of another resource. */
  @RolesAllowed("admin")
  public static class Below {
    @GET
    @Path("{id}")
    public String get(@PathParam("id") String id) {
      return id;
    }
  }

  @Path("/class")
  @RolesAllowed("admin")
  public static class OfClass {
    @GET
    public String get() {
      return "class";
    }

    @GET
    @PermitAll
    @Path("open")
    public String open() {
      return "open";
    }
  }

  @Path("/declared")
  interface Declared<T> {
    @GET
    @RolesAllowed("admin")
    String get();

    @GET
    @RolesAllowed("admin")
    @Path("{id}")
    String find(@PathParam("id") T id);
  }

  public static class Implemented implements Declared<String> {
    @Override
    public String get() {
      return "declared";
    }

    @Override
    public String find(String id) {
      return id;
    }
  }

  @RolesAllowed("admin")
  public abstract static class Base {
    @GET
    public String get() {
      return "base";
    }
  }

  @Path("/inherited")
  @PermitAll
  public static class Inheriting extends Base {}

  @Path("/contradictory")
  @RolesAllowed("admin")
  @PermitAll
  public static class Contradictory {
    @GET
    public String get() {
      return "contradictory";
    }
  }

  private static AuthFeature feature() {
    Guard guard = Sallyport.inMemory().guard(new Claimed());
    return AuthFeature.of(guard)
        .withPermission(IsBob.class, Permission.who(who -> who.principal().name().equals("bob")));
  }

  @BeforeAll
  static void start() {
    host =
        new JerseyHost(
            new ResourceConfig(Plain.class, OfClass.class, Implemented.class, Inheriting.class)
                .register(feature()));
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  /** By nobody, by alice, by bob, and by an administrator. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/plain,          403, 200, 200, 200",
    "/plain/open,     200, 200, 200, 200",
    "/plain/closed,   403, 403, 403, 403",
    "/plain/roles,    403, 403, 403, 200",
    "/plain/no-roles, 403, 403, 403, 403",
    "/plain/bob,      403, 403, 200, 403",
    "/plain/below/1,  403, 403, 403, 200",
    "/class,          403, 403, 403, 200",
    "/class/open,     200, 200, 200, 200",
    "/declared,       403, 403, 403, 200",
    "/declared/1,     403, 403, 403, 200",
    "/inherited,      403, 403, 403, 200"
  })
  @DisplayName("AD-8 each resource lets in whom its nearest annotation names")
  void nearest(String path, int nobody, int alice, int bob, int admin) throws Exception {
    assertThat(host.get(path).statusCode()).isEqualTo(nobody);
    assertThat(host.get(path, "X-Name", "alice").statusCode()).isEqualTo(alice);
    assertThat(host.get(path, "X-Name", "bob").statusCode()).isEqualTo(bob);
    assertThat(host.get(path, "X-Name", "eve", "X-Role", "admin").statusCode()).isEqualTo(admin);
    assertThat(host.ask("HEAD", path).statusCode()).isEqualTo(nobody);
  }

  @Test
  @DisplayName("AD-8 what Jersey answers by itself needs the default permission")
  void options() throws Exception {
    assertThat(host.ask("OPTIONS", "/plain/roles").statusCode()).isEqualTo(403);
    assertThat(host.ask("OPTIONS", "/plain/roles", "X-Name", "alice").headers().firstValue("Allow"))
        .hasValueSatisfying(allow -> assertThat(allow).contains("GET"));
    assertThat(host.get("/unknown").statusCode()).isEqualTo(404);
    assertThat(host.ask("DELETE", "/plain").statusCode()).isEqualTo(405);
  }

  @Test
  @DisplayName("AD-8 several annotations in one place are refused at start")
  void contradictory() {
    ResourceConfig resources = new ResourceConfig(Contradictory.class).register(feature());
    assertThatThrownBy(() -> new JerseyHost(resources).close())
        .hasStackTraceContaining("Several annotations say who may call class")
        .hasStackTraceContaining("Contradictory");
  }
}
