package com.example.host;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;

/** How requests reach a host. */
public interface Transport {
  /**
   * Sends one request.
   *
   * @param uri the address
   * @param method the method
   * @param body the body; may be empty
   * @param headers names and values in turn
   * @return the response, with the body as text
   * @throws IOException if there is none
   * @throws InterruptedException if the thread is interrupted
   */
  HttpResponse<String> send(URI uri, String method, byte[] body, String... headers)
      throws IOException, InterruptedException;

  /** {@return whether this machine has what it needs} */
  default boolean isPresent() {
    return true;
  }

  /** {@return HTTP/1.1 in cleartext} */
  static Transport http1() {
    return new Http1();
  }

  /** {@return HTTP/2 in cleartext with prior knowledge (RFC 9113 section 3.3), by curl} */
  static Transport http2() {
    return new CurlHttp2();
  }
}
