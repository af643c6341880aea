package dev.sallyport.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script that the server runs as one step, and the name under which the server remembers it. */
enum Script {
  POINT("time", "point"),
  FIND("find"),
  INSERT("once", "time", "record", "insert"),
  REPLACE("once", "time", "record", "replace"),
  TOUCH("time", "record", "touch"),
  REMOVE("once", "record", "remove"),
  REMOVE_ALL("once", "record", "remove-all"),
  LIST("record", "list"),
  COUNT("once", "time", "count");

  private final String text;
  private final String sha1;

  Script(String... parts) {
    StringBuilder whole = new StringBuilder();
    for (String part : parts) {
      whole.append(read(part + ".lua"));
    }
    text = whole.toString();
    sha1 = sha1(text);
  }

  private static String read(String resource) {
    try (InputStream in = Script.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The JAR of auth-redis lacks its file " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Redis calls a script by its SHA-1; it protects nothing. */
  private static String sha1(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(Keys.ascii(text));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-1", e);
    }
  }

  byte[] text() {
    return Keys.ascii(text);
  }

  byte[] sha1() {
    return Keys.ascii(sha1);
  }
}
