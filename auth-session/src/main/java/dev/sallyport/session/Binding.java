package dev.sallyport.session;

/** What happens to a session when a request looks as if it came from somebody else's machine. */
public enum Binding {
  /** Nothing. */
  OFF,
  /** An event reports it. */
  LOG,
  /** The session is ended, and an event reports why. */
  STRICT
}
