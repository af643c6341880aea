package dev.sallyport.testkit;

import dev.sallyport.AuthRequest;
import dev.sallyport.IpAddress;
import dev.sallyport.TrustedProxies;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds requests for tests. They are secure and from the loopback address by default.
 *
 * <pre>{@code
 * AuthRequest request = TestRequest.get("/api").basic("alice", "wonderland").build();
 * }</pre>
 */
public final class TestRequest {
  private final String method;
  private final String target;
  private final List<String[]> headers = new ArrayList<>();
  private final List<String[]> fields = new ArrayList<>();
  private TrustedProxies proxies = TrustedProxies.none();
  private @Nullable String authority;
  private InetAddress peer = InetAddress.getLoopbackAddress();
  private boolean secure = true;

  private TestRequest(String method, String target) {
    this.method = method;
    this.target = target;
  }

  /**
   * Begins a GET request.
   *
   * @param target the request target
   * @return a builder
   */
  public static TestRequest get(String target) {
    return of("GET", target);
  }

  /**
   * Begins a POST request.
   *
   * @param target the request target
   * @return a builder
   */
  public static TestRequest post(String target) {
    return of("POST", target);
  }

  /**
   * Begins a request with any method.
   *
   * @param method the method
   * @param target the request target
   * @return a builder
   */
  public static TestRequest of(String method, String target) {
    return new TestRequest(method, target);
  }

  /**
   * Adds a header field line.
   *
   * @param name the field name
   * @param value the value
   * @return this
   */
  public TestRequest header(String name, String value) {
    headers.add(new String[] {name, value});
    return this;
  }

  /**
   * Adds an {@code Authorization} line, and {@linkplain Secrets remembers} its value.
   *
   * @param value the value
   * @return this
   */
  public TestRequest authorization(String value) {
    int space = value.indexOf(' ');
    Secrets.remember(space < 0 ? value : value.substring(space + 1));
    return header("Authorization", value);
  }

  /**
   * Adds Basic credentials, and {@linkplain Secrets remembers} the password.
   *
   * @param username the username
   * @param password the password
   * @return this
   */
  public TestRequest basic(String username, String password) {
    Secrets.remember(password);
    byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return authorization("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /**
   * Adds a {@code Cookie} line with one cookie, and {@linkplain Secrets remembers} its value.
   *
   * @param name the cookie's name
   * @param value its value
   * @return this
   */
  public TestRequest cookie(String name, String value) {
    Secrets.remember(value);
    return header("Cookie", name + "=" + value);
  }

  /**
   * Adds a field of a posted form.
   *
   * @param name the field's name
   * @param value its value
   * @return this
   */
  public TestRequest form(String name, String value) {
    fields.add(new String[] {name, value});
    return this;
  }

  /**
   * Sets {@code :authority}, as in HTTP/2; by default the {@code Host} field has it, if any.
   *
   * @param authority host and port
   * @return this
   */
  public TestRequest authority(String authority) {
    this.authority = authority;
    return this;
  }

  /**
   * Makes it a plain HTTP request.
   *
   * @return this
   */
  public TestRequest insecure() {
    this.secure = false;
    return this;
  }

  /**
   * Sets the client's address.
   *
   * @param address an IP address in text
   * @return this
   */
  public TestRequest from(String address) {
    this.peer =
        IpAddress.literal(address)
            .orElseThrow(() -> new IllegalArgumentException("Not an IP address: " + address));
    return this;
  }

  /**
   * Names the trusted proxies.
   *
   * @param networks addresses or networks, see {@link TrustedProxies#of}
   * @return this
   */
  public TestRequest trustedProxies(String... networks) {
    this.proxies = TrustedProxies.of(List.of(networks));
    return this;
  }

  /** {@return the request} */
  public AuthRequest build() {
    AuthRequest.Builder builder = AuthRequest.builder(method, target, authority, peer, secure);
    headers.forEach(header -> builder.header(header[0], header[1]));
    List<String[]> form = List.copyOf(fields);
    return builder.form(name -> values(form, name)).trustedProxies(proxies).build();
  }

  private static List<String> values(List<String[]> form, String name) {
    return form.stream().filter(field -> field[0].equals(name)).map(field -> field[1]).toList();
  }
}
