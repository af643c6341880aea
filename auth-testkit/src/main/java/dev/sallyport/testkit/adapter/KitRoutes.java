package dev.sallyport.testkit.adapter;

import dev.sallyport.Authenticated;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Access;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import dev.sallyport.testkit.adapter.AdapterRoute.Arrival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The routes of a host under test, and which of their handlers have run. */
final class KitRoutes {
  static final String ADMIN = "This is for admins.";

  private final Queue<String> ran = new ConcurrentLinkedQueue<>();
  private final List<AdapterRoute> all = new ArrayList<>();

  KitRoutes(Set<AdapterAbility> abilities) {
    Permission anyone = Permission.anyone();
    Permission authenticated = Permission.authenticated();
    add("GET", "/default", null, KitRoutes::whoAmI);
    add("GET", "/whoami", authenticated, KitRoutes::whoAmI);
    add("GET", "/public/whoami", anyone, KitRoutes::whoAmI);
    add("GET", "/admin", Permission.role("admin"), call -> call.reply(200, ADMIN));
    add("POST", "/form/body", authenticated, KitRoutes::body);
    add("POST", "/form/parameter", authenticated, KitRoutes::parameter);
    add("OPTIONS", "/options", authenticated, call -> call.reply(200, "options"));
    add("GET", "/own-fields", authenticated, KitRoutes::ownFields);
    add("GET", "/outage", anyone, call -> fail(call, new StoreUnavailableException("down")));
    add("GET", "/failure", anyone, call -> fail(call, new IllegalStateException("a failure")));
    add("GET", "/broken-permission", KitRoutes::brokenPermission, KitRoutes::whoAmI);
    addUnnoted("GET", "/going", KitRoutes::whoAmI);
    addUnnoted("POST", "/going/body", KitRoutes::body);
    if (abilities.contains(AdapterAbility.ASYNCHRONOUS)) {
      add("GET", "/later", authenticated, Arrival.ASYNCHRONOUS, KitRoutes::whoAmI);
      add(
          "GET",
          "/later/failure",
          anyone,
          Arrival.ASYNCHRONOUS,
          call -> fail(call, new IllegalStateException("a failure")));
    }
    if (abilities.contains(AdapterAbility.FORWARDS)) {
      add("GET", "/forwarded", authenticated, Arrival.FORWARD, KitRoutes::whoAmI);
    }
    if (abilities.contains(AdapterAbility.ERROR_PAGES)) {
      add("GET", "/erroneous", authenticated, Arrival.ERROR_PAGE, call -> whoAmI(call, 409));
    }
  }

  private void add(
      String method, String path, @Nullable Permission permission, AdapterHandler handler) {
    add(method, path, permission, Arrival.DIRECT, handler);
  }

  /** A route for clients that go away, whose requests may be handled during other tests. */
  private void addUnnoted(String method, String path, AdapterHandler handler) {
    Optional<Permission> anyone = Optional.of(Permission.anyone());
    all.add(new AdapterRoute(method, path, anyone, Arrival.DIRECT, handler));
  }

  private void add(
      String method,
      String path,
      @Nullable Permission permission,
      Arrival arrival,
      AdapterHandler handler) {
    AdapterHandler noted =
        call -> {
          ran.add(path);
          handler.handle(call);
        };
    all.add(new AdapterRoute(method, path, Optional.ofNullable(permission), arrival, noted));
  }

  List<AdapterRoute> all() {
    return all;
  }

  /** The paths whose handlers have run since the last {@link #forget}, in order. */
  List<String> ran() {
    return List.copyOf(ran);
  }

  void forget() {
    ran.clear();
  }

  /** What {@link #whoAmI} says of somebody. */
  static String said(TestUser user, String scheme) {
    return String.format(
        "who=%1$s scheme=%2$s user=%1$s type=%2$s admin=%3$s",
        user.name(), scheme, user.roles().contains("admin"));
  }

  static final String NOBODY = "who=- scheme=- user=- type=- admin=false";

  private static void whoAmI(AdapterCall call) throws IOException {
    whoAmI(call, 200);
  }

  private static void whoAmI(AdapterCall call, int status) throws IOException {
    Optional<Authenticated> who = call.who();
    call.reply(
        status,
        String.format(
            "who=%s scheme=%s user=%s type=%s admin=%s",
            who.map(found -> found.principal().name()).orElse("-"),
            who.map(Authenticated::scheme).orElse("-"),
            call.userName().orElse("-"),
            call.authType().orElse("-").toLowerCase(Locale.ROOT),
            call.hasRole("admin")));
  }

  /** What {@link #body} says of a body. */
  static String said(byte[] body) {
    return body.length + " bytes, hash " + Arrays.hashCode(body);
  }

  private static void body(AdapterCall call) throws IOException {
    call.reply(200, said(call.body().readAllBytes()));
  }

  private static void parameter(AdapterCall call) throws IOException {
    call.reply(200, "text=" + call.parameter("text").orElse("-"));
  }

  private static void ownFields(AdapterCall call) throws IOException {
    call.addHeader("X-Own", "one");
    call.addHeader("X-Own", "two");
    call.addHeader("Cache-Control", "private");
    call.reply(200, "own");
  }

  private static void fail(AdapterCall call, RuntimeException thrown) {
    call.addHeader("X-Own", "one");
    call.addHeader("Set-Cookie", "own=1");
    throw thrown;
  }

  private static Verdict brokenPermission(Access access) {
    throw new IllegalStateException("a failure");
  }
}
