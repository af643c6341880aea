package com.example.session;

import dev.sallyport.Authenticator;
import dev.sallyport.session.SessionStart;
import dev.sallyport.testkit.AuthenticatorContract;

class SessionContractTest extends AuthenticatorContract {
  private final SessionFixture fixture = new SessionFixture();
  private final SessionStart.Started session = fixture.start();

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
    return SessionFixture.COOKIE + "=" + secret();
  }

  @Override
  protected String secret() {
    return session.cookie().value();
  }
}
