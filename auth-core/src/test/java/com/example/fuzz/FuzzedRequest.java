package com.example.fuzz;

import dev.sallyport.AuthRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request out of bytes: the first is connection and method, the rest lines of header fields. */
record FuzzedRequest(AuthRequest request) {
  private static final List<InetAddress> PEERS =
      List.of(peer("127.0.0.1"), peer("192.0.2.1"), peer("::1"), peer("2001:db8::1"));

  static FuzzedRequest of(byte[] input) {
    int connection = input.length == 0 ? 0 : input[0];
    AuthRequest.Builder builder =
        AuthRequest.builder(
            (connection & 8) == 0 ? "GET" : "POST",
            "/",
            null,
            PEERS.get(connection >> 1 & 3),
            (connection & 1) != 0);
    int rest = Math.min(1, input.length);
    for (String line :
        new String(input, rest, input.length - rest, StandardCharsets.UTF_8).split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
        builder.header(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return new FuzzedRequest(builder.build());
  }

  private static InetAddress peer(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  /** The value of a field that stands there once, else null. */
  String only(String name) {
    List<String> values = request.headers(name);
    return values.size() == 1 ? values.get(0) : null;
  }
}
