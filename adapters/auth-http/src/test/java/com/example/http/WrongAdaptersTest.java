package com.example.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.http.FaultyAdapter.Fault;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.testkit.adapter.AdapterContract;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract of an adapter against adapters that break it. */
class WrongAdaptersTest {
  private static final JwtKeys KEYS =
      JwtKeys.generate(AuthEnvironment.standard(), JwsAlgorithm.ES256);

  private static final String LITERALS =
      "AD-4 what is no literal address is never looked up, and never the client's address";
  private static final String TRUSTED =
      "GU-5 behind a trusted proxy, a request is secure and from whom that proxy says";
  private static final String UNTRUSTED =
      "GU-5 from a peer that is no trusted proxy, what such fields say is nothing";
  private static final String WITHOUT_LENGTH =
      "AD-2 a body without a length is read as well: a form, JSON, and one too large";
  private static final String FORMS_BY_PROTOCOL =
      "AD-2 over each protocol, csrf_token in a form passes, and the handler has it all";

  /** What {@link UnderTest} does wrong. */
  private static Fault fault = Fault.NONE;

  static class UnderTest implements AdapterContract {
    @Override
    public AuthConfiguration.Builder withKeys(
        AuthConfiguration.Builder auth, AuthEnvironment environment) {
      return auth.with(JwtKeys.class, KEYS);
    }

    @Override
    public RunningHost start(AdapterSite site) throws IOException {
      return JdkHost.plain(new FaultyAdapter(site, fault));
    }
  }

  /** What failed, by the display names of the methods. */
  private static Set<String> failures(Fault adapter) {
    fault = adapter;
    Set<String> failures = new TreeSet<>();
    EngineTestKit.engine("junit-jupiter")
        .selectors(
            Stream.of(UnderTest.class.getMethods())
                .filter(method -> method.isAnnotationPresent(DisplayName.class))
                .filter(method -> adapter == Fault.STOPS_READING || !isSlow(method))
                .map(method -> DiscoverySelectors.selectMethod(UnderTest.class, method))
                .toArray(MethodSelector[]::new))
        .execute()
        .allEvents()
        .failed()
        .stream()
        .map(WrongAdaptersTest::method)
        .forEach(failures::add);
    return failures;
  }

  /** Those that send hundreds of megabytes. */
  private static boolean isSlow(Method method) {
    return method.getName().startsWith("tooLarge");
  }

  private static String method(Event event) {
    TestDescriptor test = event.getTestDescriptor();
    TestDescriptor parent = test.getParent().orElseThrow();
    return parent.getUniqueId().getLastSegment().getType().equals("class")
        ? test.getDisplayName()
        : parent.getDisplayName();
  }

  @Test
  @DisplayName("AD-10 an adapter that does nothing wrong passes")
  void none() {
    assertThat(failures(Fault.NONE)).isEmpty();
  }

  private static Arguments fails(Fault adapter, String... tests) {
    return Arguments.of(adapter, Set.of(tests));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        fails(
            Fault.FORGETS_THE_AUTHORITY,
            "AD-1 the authority of the absolute form, not Host, says what is the own origin"),
        fails(Fault.RESOLVES_NAMES, LITERALS, TRUSTED, UNTRUSTED),
        fails(Fault.TRUSTS_EVERY_PROXY, TRUSTED, UNTRUSTED),
        fails(
            Fault.READS_THE_QUERY_AS_FORM,
            "AD-2, SE-5 csrf_token in the query never counts",
            FORMS_BY_PROTOCOL),
        fails(
            Fault.LOSES_WHAT_THE_GUARD_READ,
            "AD-2, SE-5 csrf_token in a form passes, and the handler reads the whole body",
            "AD-2, SE-5 csrf_token in a form passes, and the handler has its other fields",
            WITHOUT_LENGTH,
            FORMS_BY_PROTOCOL),
        fails(
            Fault.AUTHENTICATES_TWICE,
            "AD-5 a request is authenticated once, and costs one read of the store"),
        fails(
            Fault.DROPS_CHALLENGES,
            "CH-7 a 401 has each challenge of the chain in a line of its own, in its order",
            "GU-1 HEAD is answered as GET without a body, refusals as well",
            "GU-1 over each protocol, a refusal is written as it is, line by line"),
        fails(
            Fault.WRITES_NO_STORE_TWICE,
            "GU-4 no-store stands once in what follows from credentials, beside the host's own"),
        fails(
            Fault.GOES_ON_AFTER_A_FAILURE,
            "CH-6 where the decision itself fails, the answer is 500, and no handler runs"),
        fails(
            Fault.KEEPS_FIELDS_OF_A_FAILED_HANDLER,
            "AD-6 StoreUnavailableException of a handler is 503, without the handler's fields",
            "AD-6 any other exception of a handler is 500, without the handler's fields",
            "AD-6 over each protocol, 413, 500 and 503 reach the client"),
        fails(
            Fault.STOPS_READING,
            "AD-6 a client that sends 5 MB to an endpoint reads the 413, 50 times",
            "AD-6 a client that expects 100 Continue before 5 MB reads the 413, 50 times",
            WITHOUT_LENGTH),
        fails(
            Fault.LETS_OPTIONS_THROUGH,
            "AD-7 without the option, a preflight is refused like any request without credentials"),
        fails(
            Fault.MATCHES_PATHS_BY_ITSELF,
            "AD-8 no way to write a path gets past the permission of its route"),
        fails(
            Fault.IGNORES_THE_DEFAULT_PERMISSION,
            "AD-8, SP-4 a route without a permission needs the guard's default permission"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @DisplayName(
      "AD-10 an adapter that does one thing wrong fails the tests that say so, and no other")
  void wrong(Fault adapter, Set<String> tests) {
    assertThat(failures(adapter)).isEqualTo(tests);
  }

  @Test
  @DisplayName("AD-10 every fault has its test")
  void complete() {
    assertThat(wrong().map(arguments -> arguments.get()[0]))
        .hasSize(Fault.values().length - 1)
        .doesNotContain(Fault.NONE)
        .doesNotHaveDuplicates();
  }
}
