package com.example.token;

import dev.sallyport.Authenticator;
import dev.sallyport.testkit.AuthenticatorContract;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;

class CookieContractTest implements AuthenticatorContract {
  private final TokenFixture fixture = new TokenFixture(Tokens.Builder::inCookie);
  private final Issued issued = fixture.issue();

  @Override
  public Authenticator authenticator() {
    return fixture.authenticator;
  }

  @Override
  public String headerName() {
    return "Cookie";
  }

  @Override
  public String goodValue() {
    return TokenFixture.COOKIE + "=" + secret();
  }

  @Override
  public String secret() {
    return issued.token().reveal();
  }
}
