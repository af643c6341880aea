package dev.sallyport.spring;

import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.TokenKind;
import java.util.Set;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Asks both stores for somebody who isn't there; an outage is DOWN. */
final class StoreHealth extends AbstractHealthIndicator {
  private static final String NOBODY = "sallyport.health";

  private final Sallyport auth;

  StoreHealth(Sallyport auth) {
    super("A store of users or of what is issued can't answer");
    this.auth = auth;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    auth.users().findById(NOBODY);
    auth.tokens().list(NOBODY, Set.of(TokenKind.SESSION), auth.environment().now());
    health.up();
  }
}
