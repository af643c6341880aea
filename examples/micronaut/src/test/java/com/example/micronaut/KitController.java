package com.example.micronaut;

import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Options;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;

/** The routes of the contract of an adapter, with annotations for their permissions. */
@Controller
@Requires(beans = AdapterSite.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class KitController {
  /** Stands for a permission that fails. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Broken {}

  private final AdapterSite site;

  KitController(AdapterSite site) {
    this.site = site;
  }

  private HttpResponse<?> answer(String path, KitCall call) {
    for (AdapterRoute route : site.routes()) {
      if (route.path().equals(path)) {
        return KitCall.answer(route.handler(), call);
      }
    }
    throw new IllegalStateException("The contract has no route " + path);
  }

  @Get("/default")
  HttpResponse<?> byDefault(HttpRequest<?> request) {
    return answer("/default", KitCall.of(request));
  }

  @Get("/whoami")
  HttpResponse<?> whoAmI(HttpRequest<?> request) {
    return answer("/whoami", KitCall.of(request));
  }

  @Get("/public/whoami")
  @PermitAll
  HttpResponse<?> open(HttpRequest<?> request) {
    return answer("/public/whoami", KitCall.of(request));
  }

  @Get("/admin")
  @RolesAllowed("admin")
  HttpResponse<?> admin(HttpRequest<?> request) {
    return answer("/admin", KitCall.of(request));
  }

  @Post("/form/body")
  @Consumes(MediaType.ALL)
  HttpResponse<?> body(HttpRequest<?> request, @Body InputStream body) throws IOException {
    try (body) {
      return answer("/form/body", KitCall.of(request).withBody(body));
    }
  }

  @Post("/form/parameter")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> parameter(HttpRequest<?> request, @Body Map<String, String> form) {
    return answer("/form/parameter", KitCall.of(request).withForm(form));
  }

  @Options("/options")
  HttpResponse<?> options(HttpRequest<?> request) {
    return answer("/options", KitCall.of(request));
  }

  @Get("/own-fields")
  HttpResponse<?> ownFields(HttpRequest<?> request) {
    return answer("/own-fields", KitCall.of(request));
  }

  @Get("/outage")
  @PermitAll
  HttpResponse<?> outage(HttpRequest<?> request) {
    return answer("/outage", KitCall.of(request));
  }

  @Get("/failure")
  @PermitAll
  HttpResponse<?> failure(HttpRequest<?> request) {
    return answer("/failure", KitCall.of(request));
  }

  @Get("/broken-permission")
  @Broken
  HttpResponse<?> broken(HttpRequest<?> request) {
    return answer("/broken-permission", KitCall.of(request));
  }

  @Get("/going")
  @PermitAll
  HttpResponse<?> going(HttpRequest<?> request) {
    return answer("/going", KitCall.of(request));
  }

  @Post("/going/body")
  @Consumes(MediaType.ALL)
  @PermitAll
  HttpResponse<?> goingBody(HttpRequest<?> request, @Body InputStream body) throws IOException {
    try (body) {
      return answer("/going/body", KitCall.of(request).withBody(body));
    }
  }
}
