package dev.sallyport.jwt.key;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A block of a PEM. Text around blocks is ignored (RFC 7468 section 2), and a block is decoded only
 * when it is needed.
 */
record PemBlock(String label, String body) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /**
   * All blocks of a text, in their order.
   *
   * @throws IllegalArgumentException if there is none, or one has no end or the end of another
   */
  static List<PemBlock> all(String text) {
    String pem = text.replace("\\r", "").replace("\\n", "\n"); // as in environment variables
    List<PemBlock> blocks = new ArrayList<>();
    int begin = pem.indexOf(BEGIN);
    while (begin >= 0) {
      int labelAt = begin + BEGIN.length();
      int bodyAt = pem.indexOf(DASHES, labelAt);
      int end = bodyAt < 0 ? -1 : pem.indexOf(END, bodyAt);
      String label = end < 0 ? "" : pem.substring(labelAt, bodyAt);
      if (end < 0 || !isLabel(label) || !pem.startsWith(label + DASHES, end + END.length())) {
        throw new IllegalArgumentException(
            "A PEM block must go from -----BEGIN … to an -----END … of the same name");
      }
      blocks.add(new PemBlock(label, pem.substring(bodyAt + DASHES.length(), end)));
      begin = pem.indexOf(BEGIN, end);
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(
          "The text has no PEM block, from -----BEGIN … to -----END …");
    }
    return blocks;
  }

  private static boolean isLabel(String label) {
    return label.length() <= 64 && label.matches("[A-Z0-9 #]+");
  }

  boolean isEncrypted() {
    return body.contains("Proc-Type:"); // of RFC 1421, as in OpenSSL's older forms
  }

  byte[] content() {
    try {
      return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The content of the PEM is not base64");
    }
  }

  @Override
  public String toString() {
    return "PemBlock[" + label + "]";
  }
}
