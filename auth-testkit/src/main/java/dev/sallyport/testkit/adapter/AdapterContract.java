package dev.sallyport.testkit.adapter;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.scheme.AuthConfiguration;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests that every adapter must pass, run by a class that implements this. They start the host a
 * few times for the whole class, and ask it over sockets. The schemes {@code jwt}, {@code token},
 * {@code basic} and {@code session} must be on the class path.
 *
 * <pre>{@code
 * class MyAdapterTest implements AdapterContract {
 *   public AuthConfiguration.Builder withKeys(AuthConfiguration.Builder auth, AuthEnvironment env) {
 *     return auth.with(JwtKeys.class, JwtKeys.generate(env, JwsAlgorithm.ES256));
 *   }
 *   public RunningHost start(AdapterSite site) {
 *     MyServer server = new MyServer(MyAdapter.of(site.guard()));
 *     server.mount(AuthEndpoints.of(site.accounts(), site.guard()));
 *     site.routes().forEach(server::mount);
 *     return RunningHost.at(server.start(), server::stop);
 *   }
 * }
 * }</pre>
 */
@ExtendWith(HostsExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
public interface AdapterContract
    extends AdapterSchemes,
        AdapterEndpoints,
        AdapterBodies,
        AdapterConnections,
        AdapterForms,
        AdapterTargets,
        AdapterFailures,
        AdapterProxies,
        AdapterArrivals,
        AdapterProtocols {
  /**
   * Starts a host that has the endpoints of {@code AuthEndpoints.of(site.accounts(), site.guard())}
   * at their base path and the path of the key set, and all routes of the site.
   *
   * @param site what the host has
   * @return the host
   * @throws Exception if it can't be started
   */
  RunningHost start(AdapterSite site) throws Exception;

  /**
   * Gives the schemes what settings can't hold: the keys of the scheme {@code jwt}, for a
   * public-key algorithm.
   *
   * @param auth the settings of the contract
   * @param environment the environment
   * @return the builder
   */
  AuthConfiguration.Builder withKeys(AuthConfiguration.Builder auth, AuthEnvironment environment);

  /**
   * What this host can do besides; the tests of anything else are skipped.
   *
   * @return by default nothing
   */
  default Set<AdapterAbility> abilities() {
    return Set.of();
  }
}
