package dev.sallyport.benchmarks.request;

/** How a request says who it is from. */
public enum Scheme {
  /** By the cookie of a session. */
  SESSION,
  /** By an opaque token. */
  TOKEN,
  /** By HTTP Basic. */
  BASIC
}
