package com.example.jwt.family;

import dev.sallyport.Authenticator;
import dev.sallyport.jwt.TokenPair;
import dev.sallyport.testkit.AuthenticatorContract;

class BearerContractTest extends AuthenticatorContract {
  private final JwtFixture fixture = new JwtFixture();
  private final TokenPair pair = fixture.start();

  @Override
  protected Authenticator authenticator() {
    return fixture.first.authenticator;
  }

  @Override
  protected String headerName() {
    return "Authorization";
  }

  @Override
  protected String goodValue() {
    return "Bearer " + secret();
  }

  @Override
  protected String secret() {
    return pair.accessToken();
  }
}
