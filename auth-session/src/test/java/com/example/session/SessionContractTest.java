package com.example.session;

import dev.sallyport.Authenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.testkit.AuthenticatorContract;

class SessionContractTest implements AuthenticatorContract {
  private final SessionFixture fixture = new SessionFixture();
  private final SessionResult.Started session = fixture.start();

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
    return SessionFixture.COOKIE + "=" + secret();
  }

  @Override
  public String secret() {
    return session.cookie().value();
  }
}
