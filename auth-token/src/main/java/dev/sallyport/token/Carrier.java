package dev.sallyport.token;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Challenge;
import dev.sallyport.Logout;
import java.util.List;
import java.util.Set;

/** Where in a request a token is. */
sealed interface Carrier permits HeaderCarrier, CookieCarrier {
  String SCHEME = "token";

  AuthResult authenticate(AuthRequest request);

  Logout planLogout(AuthRequest request);

  Set<String> authSchemes();

  List<Challenge> challenges();
}
