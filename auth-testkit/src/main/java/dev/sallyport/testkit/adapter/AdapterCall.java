package dev.sallyport.testkit.adapter;

import dev.sallyport.Authenticated;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One request behind the guard, as a handler of the host's sees it. The author implements it in the
 * host's own idiom; where the host has none, by {@link #who}.
 */
public interface AdapterCall {
  /** {@return who the adapter says it is, in the library's own type; empty for an anonymous one} */
  Optional<Authenticated> who();

  /**
   * {@return the user's name by the host's idiom, such as a principal; empty for an anonymous one}
   */
  Optional<String> userName();

  /**
   * Whether the user has a role, by the host's idiom.
   *
   * @param role the role
   * @return true if the user has it
   */
  boolean hasRole(String role);

  /**
   * {@return the name of the scheme by the host's idiom, in any letter case; empty for an anonymous
   * request}
   */
  Optional<String> authType();

  /**
   * The value of a field of the form in the body, by the host's idiom.
   *
   * @param name the field
   * @return its first value, if there is one
   * @throws IOException if the body can't be read
   */
  Optional<String> parameter(String name) throws IOException;

  /**
   * {@return the body by the host's idiom} It isn't asked for together with {@link #parameter}.
   *
   * @throws IOException if it can't be read
   */
  InputStream body() throws IOException;

  /**
   * Adds a header field line to the answer, and leaves those of the same name.
   *
   * @param name the field name
   * @param value the value
   */
  void addHeader(String name, String value);

  /**
   * Answers the request.
   *
   * @param status the status code
   * @param text the body, to be sent in UTF-8; may be empty
   * @throws IOException if it can't be written
   */
  void reply(int status, String text) throws IOException;
}
