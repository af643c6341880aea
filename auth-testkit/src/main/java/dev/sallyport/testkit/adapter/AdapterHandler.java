package dev.sallyport.testkit.adapter;

import java.io.IOException;

/** What the contract does behind the guard; the host calls it. Safe for many threads. */
@FunctionalInterface
public interface AdapterHandler {
  /**
   * Answers one request. It may block, as a host's own handler may. Whatever it throws must reach
   * the adapter, as what a host's own handler throws does.
   *
   * @param call the request, and the way to answer it
   * @throws IOException if the body can't be read or the answer can't be written
   */
  void handle(AdapterCall call) throws IOException;
}
