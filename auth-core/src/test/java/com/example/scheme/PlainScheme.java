package com.example.scheme;

import dev.sallyport.Authenticator;
import dev.sallyport.NotAttempted;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.SchemeProvider;

/** Has no settings and needs nothing. */
public final class PlainScheme implements SchemeProvider {
  @Override
  public String name() {
    return "plain";
  }

  @Override
  public Authenticator create(SchemeContext context) {
    return Authenticator.named("plain", request -> NotAttempted.NO_CREDENTIALS);
  }
}
