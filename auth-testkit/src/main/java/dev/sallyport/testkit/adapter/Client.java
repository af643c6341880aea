package dev.sallyport.testkit.adapter;

import java.io.IOException;
import java.net.URI;

/** Asks a host by one protocol. */
interface Client {
  /** Where it asks. */
  URI base();

  /** Sends a request. */
  Answer ask(Ask ask) throws IOException;

  /**
   * The origin of the host's own pages: behind the proxy that a plain connection stands for, too.
   */
  default String origin() {
    return "https://" + base().getRawAuthority();
  }

  /** What a proxy that ends TLS says, where this client has none itself. */
  default Ask proxied(Ask ask) {
    return base().getScheme().equals("https") || ask.has("X-Forwarded-Proto")
        ? ask
        : ask.with("X-Forwarded-Proto", "https");
  }
}
