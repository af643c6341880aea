package com.example.token;

import dev.sallyport.Authenticator;
import dev.sallyport.testkit.AuthenticatorContract;
import dev.sallyport.token.TokenResult.Issued;

class TokenContractTest implements AuthenticatorContract {
  private final TokenFixture fixture = new TokenFixture();
  private final Issued issued = fixture.issue();

  @Override
  public Authenticator authenticator() {
    return fixture.authenticator;
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
    return issued.token().reveal();
  }
}
