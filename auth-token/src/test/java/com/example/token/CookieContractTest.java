package com.example.token;

import dev.sallyport.Authenticator;
import dev.sallyport.testkit.AuthenticatorContract;
import dev.sallyport.token.Issuance.Issued;
import dev.sallyport.token.Tokens;

class CookieContractTest extends AuthenticatorContract {
  private final TokenFixture fixture = new TokenFixture(Tokens.Builder::inCookie);
  private final Issued issued = fixture.issue();

  @Override
  protected Authenticator authenticator() {
    return fixture.authenticator;
  }

  @Override
  protected String headerName() {
    return "Cookie";
  }

  @Override
  protected String goodValue() {
    return TokenFixture.COOKIE + "=" + secret();
  }

  @Override
  protected String secret() {
    return issued.token();
  }
}
