package com.example.apikey;

import dev.sallyport.Authenticator;
import dev.sallyport.TransportSecurity;
import dev.sallyport.testkit.AuthenticatorContract;
import java.security.SecureRandom;
import java.util.List;

class ApiKeyContractTest implements AuthenticatorContract {
  private static final String KEY = ApiKeys.generate(new SecureRandom());

  @Override
  public Authenticator authenticator() {
    ApiKeys keys = ApiKeys.parse(List.of("robot:" + ApiKeys.hash(KEY)));
    return new ApiKeyAuthenticator(keys, TransportSecurity.REQUIRED);
  }

  @Override
  public String headerName() {
    return "X-Api-Key";
  }

  @Override
  public String goodValue() {
    return KEY;
  }

  @Override
  public String secret() {
    return KEY;
  }
}
