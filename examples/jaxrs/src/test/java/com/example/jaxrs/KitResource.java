package com.example.jaxrs;

import dev.sallyport.testkit.adapter.AdapterRoute;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;

/** The routes of the contract of an adapter, with annotations for their permissions. */
@Path("/")
public final class KitResource {
  /** Stands for a permission. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Authenticated {}

  /** Stands for a permission that fails. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Broken {}

  private final Map<String, AdapterRoute> routes;

  KitResource(Map<String, AdapterRoute> routes) {
    this.routes = routes;
  }

  private Response answer(String path, KitCall call) {
    return KitCall.answer(routes.get(path).handler(), call);
  }

  private void answerLater(String path, KitCall call, AsyncResponse response) {
    Thread thread =
        new Thread(
            () -> {
              try {
                response.resume(answer(path, call));
              } catch (RuntimeException e) {
                response.resume(e);
              }
            });
    thread.start();
  }

  @GET
  @Path("default")
  public Response byDefault(@Context SecurityContext caller) {
    return answer("/default", KitCall.of(caller));
  }

  @GET
  @Authenticated
  @Path("whoami")
  public Response whoAmI(@Context SecurityContext caller) {
    return answer("/whoami", KitCall.of(caller));
  }

  @GET
  @PermitAll
  @Path("public/whoami")
  public Response open(@Context SecurityContext caller) {
    return answer("/public/whoami", KitCall.of(caller));
  }

  @GET
  @RolesAllowed("admin")
  @Path("admin")
  public Response admin(@Context SecurityContext caller) {
    return answer("/admin", KitCall.of(caller));
  }

  @POST
  @Authenticated
  @Path("form/body")
  public Response body(@Context SecurityContext caller, InputStream body) {
    return answer("/form/body", KitCall.of(caller).withBody(body));
  }

  @POST
  @Authenticated
  @Path("form/parameter")
  public Response parameter(@Context SecurityContext caller, MultivaluedMap<String, String> form) {
    return answer("/form/parameter", KitCall.of(caller).withForm(form));
  }

  @OPTIONS
  @Authenticated
  @Path("options")
  public Response options(@Context SecurityContext caller) {
    return answer("/options", KitCall.of(caller));
  }

  @GET
  @Authenticated
  @Path("own-fields")
  public Response ownFields(@Context SecurityContext caller) {
    return answer("/own-fields", KitCall.of(caller));
  }

  @GET
  @PermitAll
  @Path("outage")
  public Response outage(@Context SecurityContext caller) {
    return answer("/outage", KitCall.of(caller));
  }

  @GET
  @PermitAll
  @Path("failure")
  public Response failure(@Context SecurityContext caller) {
    return answer("/failure", KitCall.of(caller));
  }

  @GET
  @Broken
  @Path("broken-permission")
  public Response broken(@Context SecurityContext caller) {
    return answer("/broken-permission", KitCall.of(caller));
  }

  @GET
  @PermitAll
  @Path("going")
  public Response going(@Context SecurityContext caller) {
    return answer("/going", KitCall.of(caller));
  }

  @POST
  @PermitAll
  @Path("going/body")
  public Response goingBody(@Context SecurityContext caller, InputStream body) {
    return answer("/going/body", KitCall.of(caller).withBody(body));
  }

  @GET
  @Authenticated
  @Path("later")
  public void later(@Context ContainerRequestContext context, @Suspended AsyncResponse response) {
    answerLater("/later", KitCall.of(context), response);
  }

  @GET
  @PermitAll
  @Path("later/failure")
  public void laterFailure(
      @Context ContainerRequestContext context, @Suspended AsyncResponse response) {
    answerLater("/later/failure", KitCall.of(context), response);
  }
}
