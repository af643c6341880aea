package com.example.jwt.family;

import dev.sallyport.Authenticator;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.testkit.AuthenticatorContract;

class CookieContractTest implements AuthenticatorContract {
  private final JwtFixture fixture = new JwtFixture(b -> b.inCookies("/auth/jwt"));
  private final TokenPair pair = fixture.start();

  @Override
  public Authenticator authenticator() {
    return fixture.first.authenticator;
  }

  @Override
  public String headerName() {
    return "Cookie";
  }

  @Override
  public String goodValue() {
    return "__Host-jwt=" + secret();
  }

  @Override
  public String secret() {
    return pair.accessToken().reveal();
  }
}
