package dev.sallyport.session;

/** What happens to a session whose request looks as if it came from somebody else's machine. */
public enum Binding {
  /** Nothing. */
  OFF,
  /** An event tells of it. */
  LOG,
  /** The session is ended, and an event tells why. */
  STRICT
}
