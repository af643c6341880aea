package dev.sallyport.testkit.adapter;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * As much of HTTP/2 (RFC 9113) as it takes to send header fields that no client sends, and to read
 * the status: by prior knowledge, or over TLS.
 */
record Http2Frames(URI base, @Nullable SSLContext tls) {
  private static final int TIMEOUT_MS = 30_000;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;

  private static final int ACK = 1;
  private static final int END_STREAM_AND_HEADERS = 5;

  private Socket connect() throws IOException {
    if (tls == null) {
      return new Socket(base.getHost(), base.getPort());
    }
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(base.getHost(), base.getPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /**
   * Sends a request without a body, with these fields in this order, pseudo-header fields included.
   *
   * @return the status; 0 if the host ended the stream or the connection without one
   */
  int status(List<Ask.Line> fields) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(TIMEOUT_MS);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
      out.write(frame(SETTINGS, 0, 0, new byte[0]));
      out.write(frame(HEADERS, END_STREAM_AND_HEADERS, 1, block(fields)));
      socket.getOutputStream().write(out.toByteArray());
      return status(socket);
    } catch (EOFException | SocketException e) {
      return 0;
    }
  }

  private static int status(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      in.readInt(); // the stream, of which there is one
      byte[] payload = in.readNBytes(length);
      if (type == HEADERS) {
        int status = StatusField.read(payload, flags);
        if (status >= 200) {
          return status;
        }
      } else if (type == RST_STREAM || type == GOAWAY) {
        return 0;
      } else if ((type == SETTINGS || type == PING) && (flags & ACK) == 0) {
        byte[] answer = type == PING ? payload : new byte[0];
        socket.getOutputStream().write(frame(type, ACK, 0, answer));
      }
    }
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** Literal fields without indexing (RFC 7541 section 6.2.2). */
  private static byte[] block(List<Ask.Line> fields) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (Ask.Line field : fields) {
      block.write(0);
      text(field.name(), block);
      text(field.value(), block);
    }
    return block.toByteArray();
  }

  private static void text(String text, ByteArrayOutputStream block) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int rest = bytes.length - 127;
    block.write(Math.min(bytes.length, 127));
    if (rest >= 0) {
      for (; rest >= 128; rest >>= 7) {
        block.write((rest & 127) | 128);
      }
      block.write(rest);
    }
    block.write(bytes);
  }

  /** The first field of an answer (RFC 7541). */
  private static final class StatusField {
    private static final int PADDED = 0x08;
    private static final int PRIORITY = 0x20;
    private static final int[] STATIC_TABLE = {200, 204, 206, 304, 400, 404, 500};

    private StatusField() {}

    static int read(byte[] payload, int flags) throws IOException {
      int at = ((flags & PADDED) == 0 ? 0 : 1) + ((flags & PRIORITY) == 0 ? 0 : 5);
      while ((payload[at] & 0xe0) == 0x20) {
        boolean more = (payload[at++] & 0x1f) == 0x1f; // a new size of the dynamic table
        while (more) {
          more = (payload[at++] & 0x80) != 0;
        }
      }
      int first = payload[at] & 0xff;
      if (first > 0x80) {
        return STATIC_TABLE[first - 0x88];
      }
      int length = payload[at + 1] & 0x7f;
      boolean coded = (payload[at + 1] & 0x80) != 0;
      if ((first & 0x0f) != 8 || length > 3) {
        throw new IOException("The answer doesn't begin with a status in a common form");
      }
      return coded
          ? decoded(payload, at + 2)
          : Integer.parseInt(new String(payload, at + 2, length, StandardCharsets.US_ASCII));
    }

    /** Three digits in the static Huffman code (RFC 7541 appendix B). */
    private static int decoded(byte[] payload, int at) {
      int bits = 0;
      for (int i = 0; i < 3; i++) {
        bits = bits << 8 | (at + i < payload.length ? payload[at + i] & 0xff : 0);
      }
      int status = 0;
      int left = 24;
      for (int digit = 0; digit < 3; digit++) {
        int five = bits >> (left - 5) & 0x1f;
        boolean isShort = five <= 2;
        int six = bits >> (left - 6) & 0x3f;
        status = status * 10 + (isShort ? five : six - 0x19 + 3);
        left -= isShort ? 5 : 6;
      }
      return status;
    }
  }
}
