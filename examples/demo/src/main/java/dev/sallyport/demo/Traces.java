package dev.sallyport.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.sallyport.Authenticator;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.site.Observer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Follows single requests through the chain. An event doesn't say which request it belongs to, but
 * it is raised on the thread that the request runs on; so that thread knows the trace.
 */
final class Traces implements Observer {
  /** One for each demo, of which a process may run several. */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable RequestTrace> current = new ThreadLocal<>();

  @Override
  public Authenticator around(Authenticator member) {
    return new TracedAuthenticator(member, this);
  }

  @Override
  public void onEvent(AuthEvent event) {
    RequestTrace trace = current();
    if (trace != null) {
      trace.raised(event);
    }
  }

  /** The trace of the request that runs on this thread; null if nobody follows it. */
  @Nullable RequestTrace current() {
    return current.get();
  }

  /** Answers a request, and tells the page that sent it what happened. */
  void follow(PageStream.Request followed, HttpExchange exchange, HttpHandler answer)
      throws IOException {
    RequestTrace trace = new RequestTrace();
    current.set(trace);
    try {
      answer.handle(exchange);
    } finally {
      current.remove();
    }
    followed
        .page()
        .tell(
            "trace",
            trace.answered(
                followed.number(), exchange.getResponseCode(), exchange.getResponseHeaders()));
  }
}
