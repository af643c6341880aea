package com.example.basic;

import dev.sallyport.Authenticator;
import dev.sallyport.testkit.AuthenticatorContract;

class BasicContractTest implements AuthenticatorContract {
  private static final String PASSWORD = "correct horse battery";

  @Override
  public Authenticator authenticator() {
    BasicFixture fixture = new BasicFixture();
    fixture.register("alice", PASSWORD);
    // One verification before threads come: the throttle lets five unknown passwords in at a time.
    fixture.authenticate(goodValue());
    return fixture.basic;
  }

  @Override
  public String headerName() {
    return "Authorization";
  }

  @Override
  public String goodValue() {
    return BasicFixture.encode("alice:" + PASSWORD);
  }

  @Override
  public String secret() {
    return PASSWORD;
  }
}
