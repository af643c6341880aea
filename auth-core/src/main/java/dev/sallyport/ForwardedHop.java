package dev.sallyport;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says about who connected to it: the address, if it is one, and whether TLS was
 * used. Iterators begin with the nearest proxy, which speaks last, and read no further than they
 * are asked to.
 *
 * <p>A proxy puts its own words behind what a client has sent. So what is malformed must say
 * nothing at all: a quote that a client opens swallows the words of the proxy.
 */
record ForwardedHop(Optional<InetAddress> address, boolean secure) {
  private static final ForwardedHop SILENT = new ForwardedHop(Optional.empty(), false);

  private static final Pattern NODE =
      Pattern.compile(
          "(?:([0-9.]+)|\\[([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)])(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?");

  static Iterator<ForwardedHop> ofXForwarded(HeaderSource headers) {
    List<String> protocols = elements(headers.values("X-Forwarded-Proto"));
    List<String> addresses = elements(headers.values("X-Forwarded-For"));
    if (addresses.isEmpty()) {
      return protocols.isEmpty()
          ? Collections.emptyIterator()
          : List.of(new ForwardedHop(Optional.empty(), isSecure(protocols, 0, 1))).iterator();
    }
    int hops = addresses.size();
    return IntStream.iterate(hops - 1, i -> i >= 0, i -> i - 1)
        .mapToObj(i -> new ForwardedHop(address(addresses.get(i)), isSecure(protocols, i, hops)))
        .iterator();
  }

  /** One value is for all hops, one for each hop is its own, and any other number says nothing. */
  private static boolean isSecure(List<String> protocols, int hop, int hops) {
    int said = protocols.size();
    return said == 1 ? isSecure(protocols.get(0)) : said == hops && isSecure(protocols.get(hop));
  }

  private static List<String> elements(List<String> lines) {
    List<String> elements = new ArrayList<>();
    for (String line : lines) {
      for (String element : line.split(",", -1)) {
        if (!element.isBlank()) {
          elements.add(element.strip());
        }
      }
    }
    return elements;
  }

  static Iterator<ForwardedHop> ofForwarded(HeaderSource headers) {
    List<String> elements = new ArrayList<>();
    for (String line : headers.values("Forwarded")) {
      elements.addAll(split(line, ','));
    }
    Collections.reverse(elements);
    return elements.stream().filter(e -> !e.isEmpty()).map(ForwardedHop::ofElement).iterator();
  }

  /** One {@code forwarded-element} of RFC 7239 section 4; spaces around its pairs do no harm. */
  private static ForwardedHop ofElement(String element) {
    Map<String, String> said = new HashMap<>();
    for (String pair : split(element, ';')) {
      int equals = pair.indexOf('=');
      String name = Ascii.lower(pair.substring(0, Math.max(0, equals)));
      String value = value(pair.substring(equals + 1));
      boolean malformed =
          !Ascii.isToken(name) || value == null || said.putIfAbsent(name, value) != null;
      if (malformed && !pair.isEmpty()) {
        return SILENT;
      }
    }
    return new ForwardedHop(
        address(said.getOrDefault("for", "")), isSecure(said.getOrDefault("proto", "")));
  }

  /** Splits outside of quoted strings. The last part has an open quote if the whole has one. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  /** A quoted string, or a token that may have colons and brackets too; null if it is neither. */
  private static @Nullable String value(String text) {
    if (!text.startsWith("\"")) {
      return text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\') ? text : null;
    }
    StringBuilder value = new StringBuilder();
    int i = 1;
    while (i < text.length() && text.charAt(i) != '"') {
      i += text.charAt(i) == '\\' ? 1 : 0;
      value.append(i < text.length() ? text.charAt(i) : "");
      i++;
    }
    return i == text.length() - 1 ? value.toString() : null;
  }

  private static boolean isSecure(String protocol) {
    return Ascii.equalsIgnoreCase(protocol, "https") || Ascii.equalsIgnoreCase(protocol, "wss");
  }

  private static Optional<InetAddress> address(String text) {
    Matcher node = NODE.matcher(text);
    if (!node.matches()) {
      return IpAddress.bare(text);
    }
    return IpAddress.bare(node.group(1) == null ? node.group(2) : node.group(1));
  }
}
