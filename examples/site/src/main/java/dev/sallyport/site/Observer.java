package dev.sallyport.site;

import dev.sallyport.Authenticator;
import dev.sallyport.event.AuthListener;

/**
 * Watches how a site decides, and changes nothing about it. It receives every event, beside the
 * log, and stands around every member of the chain. Many threads call it at once.
 */
public interface Observer extends AuthListener {
  /**
   * Stands around one member of the chain. Called when the site opens.
   *
   * @param member the member
   * @return an authenticator that decides as the member does, and has its name, auth-schemes,
   *     challenges, logout, cookies and type ({@link Authenticator#unwrap})
   */
  Authenticator around(Authenticator member);
}
