package com.example.token;

import dev.sallyport.Authenticator;
import dev.sallyport.testkit.AuthenticatorContract;
import dev.sallyport.token.Issuance.Issued;

class TokenContractTest extends AuthenticatorContract {
  private final TokenFixture fixture = new TokenFixture();
  private final Issued issued = fixture.issue();

  @Override
  protected Authenticator authenticator() {
    return fixture.authenticator;
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
    return issued.token();
  }
}
