package com.example.jwt;

import dev.sallyport.Authenticator;
import dev.sallyport.jwt.IntrospectionAuthenticator;
import dev.sallyport.testkit.AuthenticatorContract;
import org.junit.jupiter.api.AfterEach;

class IntrospectionContractTest implements AuthenticatorContract {
  private final AskedServer asked = new AskedServer();

  @AfterEach
  void stop() {
    asked.close();
  }

  @Override
  public Authenticator authenticator() {
    asked.activate(secret());
    return IntrospectionAuthenticator.of(asked.builder().build());
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
    return "idp_5Zt0kMf2r8";
  }
}
