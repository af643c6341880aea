package com.example.basic;

import dev.sallyport.Authenticator;
import dev.sallyport.testkit.AuthenticatorContract;

class BasicContractTest extends AuthenticatorContract {
  private static final String PASSWORD = "correct horse battery";

  @Override
  protected Authenticator authenticator() {
    BasicFixture fixture = new BasicFixture();
    fixture.register("alice", PASSWORD);
    // One verification before threads come: the throttle lets five unknown passwords in at a time.
    fixture.authenticate(goodValue());
    return fixture.basic;
  }

  @Override
  protected String headerName() {
    return "Authorization";
  }

  @Override
  protected String goodValue() {
    return BasicFixture.encode("alice:" + PASSWORD);
  }

  @Override
  protected String secret() {
    return PASSWORD;
  }
}
