package dev.sallyport.site;

import dev.sallyport.Secret;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.store.User;
import java.io.PrintStream;
import java.time.Instant;

/** Stands in for a host's mail. */
record ConsoleMail(PrintStream out) implements PasswordReset.Delivery {
  @Override
  public void deliver(User user, Secret code, Instant expiresAt) {
    out.println(
        "To " + user.id() + ": your code is " + code.reveal() + ", good until " + expiresAt);
    out.flush();
  }
}
