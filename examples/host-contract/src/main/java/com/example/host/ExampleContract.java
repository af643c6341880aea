package com.example.host;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.testkit.adapter.AdapterContract;

/** The contract of an adapter, for the examples: with all that they have in common. */
public interface ExampleContract extends AdapterContract {
  @Override
  default AuthConfiguration.Builder withKeys(
      AuthConfiguration.Builder auth, AuthEnvironment environment) {
    return auth.with(JwtKeys.class, JwtKeys.generate(environment, JwsAlgorithm.ES256));
  }
}
