package com.example.jwt.family;

import dev.sallyport.Authenticator;
import dev.sallyport.jwt.TokenPair;
import dev.sallyport.testkit.AuthenticatorContract;

class CookieContractTest extends AuthenticatorContract {
  private final JwtFixture fixture = new JwtFixture(b -> b.inCookies("/auth/jwt"));
  private final TokenPair pair = fixture.start();

  @Override
  protected Authenticator authenticator() {
    return fixture.first.authenticator;
  }

  @Override
  protected String headerName() {
    return "Cookie";
  }

  @Override
  protected String goodValue() {
    return "__Host-jwt=" + secret();
  }

  @Override
  protected String secret() {
    return pair.accessToken();
  }
}
