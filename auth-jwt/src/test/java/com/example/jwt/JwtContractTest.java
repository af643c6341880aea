package com.example.jwt;

import dev.sallyport.Authenticator;
import dev.sallyport.testkit.AuthenticatorContract;

class JwtContractTest implements AuthenticatorContract {
  private final WiredIssuers wired = new WiredIssuers();
  private final String token = WiredIssuers.token(wired.keyOfA, WiredIssuers.A);

  @Override
  public Authenticator authenticator() {
    return wired.taking(wired.a(), wired.b());
  }

  @Override
  public String headerName() {
    return "Authorization";
  }

  @Override
  public String goodValue() {
    return "Bearer " + token;
  }

  @Override
  public String secret() {
    return token;
  }
}
