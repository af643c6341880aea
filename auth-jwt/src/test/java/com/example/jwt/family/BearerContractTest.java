package com.example.jwt.family;

import dev.sallyport.Authenticator;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.testkit.AuthenticatorContract;

class BearerContractTest implements AuthenticatorContract {
  private final JwtFixture fixture = new JwtFixture();
  private final TokenPair pair = fixture.start();

  @Override
  public Authenticator authenticator() {
    return fixture.first.authenticator;
  }

  @Override
  public String headerName() {
    return "Authorization";
  }

  @Override
  public String goodValue() {
    return "Bearer " + secret();
  }

  @Override
  public String secret() {
    return pair.accessToken().reveal();
  }
}
