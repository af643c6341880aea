package com.example.jwt;

import dev.sallyport.Authenticator;
import dev.sallyport.testkit.AuthenticatorContract;

class JwtContractTest extends AuthenticatorContract {
  private final WiredIssuers wired = new WiredIssuers();
  private final String token = WiredIssuers.token(wired.keyOfA, WiredIssuers.A);

  @Override
  protected Authenticator authenticator() {
    return wired.taking(wired.a(), wired.b());
  }

  @Override
  protected String headerName() {
    return "Authorization";
  }

  @Override
  protected String goodValue() {
    return "Bearer " + token;
  }

  @Override
  protected String secret() {
    return token;
  }
}
