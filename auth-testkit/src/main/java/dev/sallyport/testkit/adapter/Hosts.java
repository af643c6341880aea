package dev.sallyport.testkit.adapter;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sallyport.testkit.adapter.HostUnderTest.Kind;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The hosts of one test class, each started when it is first needed. For one thread. */
@SuppressWarnings("try") // as RunningHost
final class Hosts implements AutoCloseable {
  private final AdapterContract contract;
  private final TlsKeys keys = new TlsKeys();
  private final Map<Kind, HostUnderTest> started = new EnumMap<>(Kind.class);
  private final Map<Protocol, Client> clients = new EnumMap<>(Protocol.class);
  private @Nullable IllegalStateException broken;

  Hosts(AdapterContract contract) {
    this.contract = contract;
  }

  Set<AdapterAbility> abilities() {
    return contract.abilities();
  }

  /** Skips the test unless the host has the ability. */
  void need(AdapterAbility ability) {
    assumeTrue(abilities().contains(ability), () -> "The host is not declared to have " + ability);
  }

  HostUnderTest proxied() {
    return host(Kind.PROXIED);
  }

  HostUnderTest direct() {
    return host(Kind.DIRECT);
  }

  HostUnderTest mounted() {
    need(AdapterAbility.MOUNT_PATH);
    return host(Kind.MOUNTED);
  }

  private HostUnderTest host(Kind kind) {
    if (broken != null) {
      throw broken; // each start may take its time
    }
    try {
      HostUnderTest host = started.get(kind);
      if (host == null) {
        host = new HostUnderTest(contract, kind, keys);
        started.put(kind, host);
      }
      return host;
    } catch (Exception e) {
      broken = new IllegalStateException("The host could not be started (" + kind + ")", e);
      throw broken;
    }
  }

  /** What to ask over one protocol. */
  interface Conversation {
    void with(HostUnderTest host, Client client) throws Exception;
  }

  /** One test for each protocol, skipped for those that the host doesn't speak. */
  Stream<DynamicTest> overEachProtocol(Conversation conversation) {
    return Stream.of(Protocol.values())
        .map(protocol -> over(protocol, host -> conversation.with(host, client(protocol))));
  }

  /** What to send in frames. */
  interface Frames {
    void with(HostUnderTest host, Http2Frames frames) throws Exception;
  }

  /**
   * One test for HTTP/2 with TLS and one for it without, skipped where the host doesn't speak it.
   */
  Stream<DynamicTest> overHttp2(Frames frames) {
    return Stream.of(Protocol.HTTP_2, Protocol.HTTP_2_OVER_TLS)
        .map(protocol -> over(protocol, host -> frames.with(host, host.frames(protocol))));
  }

  private DynamicTest over(Protocol protocol, ThrowingConsumer<HostUnderTest> test) {
    return DynamicTest.dynamicTest(
        protocol.toString(),
        () -> {
          AdapterAbility needed = protocol.needed();
          if (needed != null) {
            need(needed);
          }
          test.accept(proxied());
        });
  }

  private Client client(Protocol protocol) throws IOException {
    Client client = clients.get(protocol);
    if (client == null) {
      client = proxied().client(protocol);
      clients.put(protocol, client);
    }
    return client;
  }

  @Override
  public void close() throws Exception {
    for (HostUnderTest host : started.values()) {
      host.close();
    }
    keys.close();
  }
}
