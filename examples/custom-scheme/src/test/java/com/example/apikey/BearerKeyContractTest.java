package com.example.apikey;

import dev.sallyport.Authenticator;
import dev.sallyport.TransportSecurity;
import dev.sallyport.testkit.AuthenticatorContract;
import java.security.SecureRandom;
import java.util.List;

class BearerKeyContractTest extends AuthenticatorContract {
  private static final String KEY = ApiKeys.generate(new SecureRandom());

  @Override
  protected Authenticator authenticator() {
    ApiKeys keys = ApiKeys.parse(List.of("robot:" + ApiKeys.hash(KEY)));
    return new BearerKeyAuthenticator(keys, TransportSecurity.REQUIRED);
  }

  @Override
  protected String headerName() {
    return "Authorization";
  }

  @Override
  protected String goodValue() {
    return "Bearer key_" + KEY;
  }

  @Override
  protected String secret() {
    return KEY;
  }
}
