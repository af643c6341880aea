package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.SetCookie;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.JsonWriter;
import dev.sallyport.jwt.json.StrictJson;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.token.TokenAuthenticator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Describes the endpoints of one host in OpenAPI 3.1. The file {@code openapi.json} describes all
 * that there can be, at the default paths; what this host lacks is left out of it. There, {@code
 * x-if} says on what an object depends.
 */
final class OpenApi {
  static final String FILE = "openapi.json";

  private static final String CONDITION = "x-if";
  private static final String REF = "$ref";
  private static final String COMPONENTS = "#/components/";
  private static final String SECURITY = "security";
  private static final String SECURITY_SCHEMES = "securitySchemes";

  private static final AuthRequest ANY =
      AuthRequest.builder("GET", "/", null, InetAddress.getLoopbackAddress(), true).build();

  private final AuthenticatorChain chain;
  private final String basePath;
  private final String keySetPath;
  private final JsonObject all = read();
  private final Set<String> present = new HashSet<>();

  OpenApi(AuthenticatorChain chain, String basePath, String keySetPath) {
    this.chain = chain;
    this.basePath = basePath;
    this.keySetPath = keySetPath;
    note("challenge", !chain.challenges(ANY).isEmpty());
    note("session", chain.member(SessionAuthenticator.class).isPresent());
    note(
        "token-cookie",
        chain
            .member(TokenAuthenticator.class)
            .filter(tokens -> !tokens.expiredCookies().isEmpty())
            .isPresent());
    JwtRoutes.authenticator(chain)
        .flatMap(JwtAuthenticator::families)
        .ifPresent(
            families -> {
              note("jwt-cookie", families.cookies().isPresent());
              note("dpop", families.dpop().isPresent());
            });
  }

  /** Serves the description of all these routes, and of itself. */
  void addTo(Routes routes) {
    String path = basePath + "/" + FILE;
    SortedMap<String, Set<String>> described = routes.methods();
    described.put(path, Set.of("GET"));
    routes.add("GET", path, StaticText.of("application/json", describe(described)));
  }

  private void note(String condition, boolean holds) {
    if (holds) {
      present.add(condition);
    }
  }

  private static JsonObject read() {
    try {
      return StrictJson.read(StaticText.resource(FILE).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The document for these routes.
   *
   * @param routes the methods of each path
   * @throws IllegalStateException if the file does not describe one of them
   */
  String describe(Map<String, Set<String>> routes) {
    Map<String, Map<String, Object>> schemes = schemes();
    Map<String, Object> paths = new LinkedHashMap<>();
    routes.forEach(
        (path, methods) -> {
          Map<String, Object> item = new LinkedHashMap<>();
          for (String method : methods) {
            item.put(method.toLowerCase(Locale.ROOT), operation(described(method, path), schemes));
          }
          paths.put(path, item);
        });
    Map<String, @Nullable Object> document = copy(all);
    document.put("paths", paths);
    document.put("components", components(paths, schemes));
    return JsonWriter.text(document);
  }

  private JsonObject described(String method, String path) {
    String usual =
        path.equals(keySetPath)
            ? "/.well-known/jwks.json"
            : "/auth" + path.substring(basePath.length());
    if (object(all, "paths").get(usual) instanceof JsonObject item
        && item.get(method.toLowerCase(Locale.ROOT)) instanceof JsonObject operation) {
      return operation;
    }
    throw new IllegalStateException(FILE + " does not describe " + method + " " + usual);
  }

  private Map<String, @Nullable Object> operation(
      JsonObject described, Map<String, Map<String, Object>> schemes) {
    Map<String, @Nullable Object> operation = copy(described);
    operation.put(SECURITY, security(described, schemes.keySet()));
    Map<String, @Nullable Object> responses = copy(object(described, "responses"));
    if (!present.contains("challenge") && responses.remove("401") != null) {
      responses.put("403", Map.of(REF, COMPONENTS + "responses/Refused"));
    }
    operation.put("responses", responses);
    return operation;
  }

  /** Those of the chain, where any of the file's is needed. */
  private static List<Object> security(JsonObject described, Set<String> schemes) {
    List<Object> alternatives = new ArrayList<>();
    boolean known = false;
    for (Object alternative : (List<?>) Objects.requireNonNull(described.get(SECURITY))) {
      if (((JsonObject) alternative).isEmpty()) {
        alternatives.add(Map.of());
      } else {
        known = true;
      }
    }
    if (known) {
      schemes.forEach(scheme -> alternatives.add(Map.of(scheme, List.of())));
    }
    return alternatives;
  }

  private Map<String, Map<String, Object>> schemes() {
    Map<String, Map<String, Object>> schemes = new LinkedHashMap<>();
    for (Authenticator member : chain.members()) {
      String name = member.name().replaceAll("[^A-Za-z0-9._-]", "_");
      List<SetCookie> cookies = member.expiredCookies();
      if (!cookies.isEmpty()) {
        add(schemes, name + "-cookie", "apiKey", "in", "cookie", "name", cookies.get(0).name());
      } else if (member.authSchemes().isEmpty()) {
        add(schemes, name, "apiKey", "in", "header", "name", "Authorization");
      } else {
        for (String scheme : new TreeSet<>(member.authSchemes())) {
          String lower = scheme.toLowerCase(Locale.ROOT);
          add(schemes, lower, "http", "scheme", lower);
        }
      }
    }
    return schemes;
  }

  /** Fields are names and values in turn, in the order of the document, whose ETag they change. */
  private void add(
      Map<String, Map<String, Object>> schemes, String name, String type, String... fields) {
    Map<String, Object> scheme = new LinkedHashMap<>();
    scheme.put("type", type);
    for (int i = 0; i < fields.length; i += 2) {
      scheme.put(fields[i], fields[i + 1]);
    }
    if (object(object(all, "components"), SECURITY_SCHEMES).get(name) instanceof JsonObject known) {
      scheme.put("description", Objects.requireNonNull(known.get("description")));
    }
    schemes.put(name, scheme);
  }

  /** Those that the paths refer to. */
  private Map<String, Object> components(
      Map<String, Object> paths, Map<String, Map<String, Object>> schemes) {
    Set<String> references = new HashSet<>();
    collect(paths, references);
    Map<String, Object> components = new LinkedHashMap<>();
    components.put(SECURITY_SCHEMES, schemes);
    JsonObject groups = object(all, "components");
    for (String group : groups.keySet()) {
      Map<String, Object> used = new LinkedHashMap<>();
      JsonObject members = object(groups, group);
      for (String name : members.keySet()) {
        if (references.contains(COMPONENTS + group + "/" + name)) {
          used.put(name, copy(object(members, name)));
        }
      }
      if (!used.isEmpty()) {
        components.put(group, used);
      }
    }
    return components;
  }

  private void collect(@Nullable Object value, Set<String> references) {
    if (value instanceof Map<?, ?> map) {
      if (map.get(REF) instanceof String reference && references.add(reference)) {
        collect(copy(component(reference)), references);
      }
      map.values().forEach(member -> collect(member, references));
    } else if (value instanceof List<?> list) {
      list.forEach(element -> collect(element, references));
    }
  }

  private JsonObject component(String reference) {
    JsonObject found = all;
    for (String step : reference.substring(2).split("/", -1)) {
      found = object(found, step);
    }
    return found;
  }

  private static JsonObject object(JsonObject parent, String name) {
    if (parent.get(name) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalStateException(FILE + " has no object " + name);
  }

  /** Without what this host lacks. */
  private Map<String, @Nullable Object> copy(JsonObject object) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    object.forEach(
        (name, value) -> {
          if (holds(value) && !name.equals(CONDITION)) {
            copy.put(name, copyOf(value));
          }
        });
    if (copy.get("properties") instanceof Map<?, ?> properties
        && copy.get("required") instanceof List<?> required) {
      copy.put("required", required.stream().filter(properties::containsKey).toList());
    }
    return copy;
  }

  private @Nullable Object copyOf(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().filter(this::holds).map(this::copyOf).toList();
    }
    return value instanceof JsonObject object ? copy(object) : value;
  }

  private boolean holds(@Nullable Object value) {
    if (!(value instanceof JsonObject object)) {
      return true;
    }
    String condition = object.text(CONDITION);
    if (condition != null) {
      return condition.startsWith("!") != present.contains(condition.replace("!", ""));
    }
    String reference = object.text(REF);
    return reference == null || holds(component(reference));
  }
}
