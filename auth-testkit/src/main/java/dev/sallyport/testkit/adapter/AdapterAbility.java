package dev.sallyport.testkit.adapter;

/**
 * What not every host can do. A test that needs an ability which {@link AdapterContract#abilities}
 * doesn't name is skipped, and says so.
 */
public enum AdapterAbility {
  /** HTTP/1.1 over TLS; the host then has an {@link RunningHost#https}. */
  TLS,
  /** HTTP/2 over TLS, chosen by ALPN (RFC 9113 section 3.2), on the same port. */
  HTTP_2_OVER_TLS,
  /** HTTP/2 without TLS: by {@code Upgrade} (RFC 7540 section 3.2), and with prior knowledge. */
  CLEARTEXT_HTTP_2,
  /** The whole site can lie below a path, such as a servlet context path. */
  MOUNT_PATH,
  /** Preflights can be given to a handler of the host's (CORS). */
  PREFLIGHTS,
  /**
   * A body that the client holds back ({@code Expect: 100-continue}) is asked for when it is read.
   */
  HELD_BACK_BODIES,
  /** A handler can start asynchronously, and answer in another thread. */
  ASYNCHRONOUS,
  /** The host can forward a request to another of its handlers. */
  FORWARDS,
  /** The host can answer an error by a handler: an error page. */
  ERROR_PAGES
}
