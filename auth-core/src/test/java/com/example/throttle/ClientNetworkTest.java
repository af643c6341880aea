package com.example.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.ClientNetwork;
import dev.sallyport.throttle.Throttle;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClientNetworkTest {
  @Test
  @DisplayName("TH-2 an IPv4-mapped address is the IPv4 address in it, not one /64 with all others")
  void mapped() throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[10] = bytes[11] = (byte) 0xFF;
    bytes[12] = (byte) 203;
    bytes[14] = 113;
    bytes[15] = 7;
    assertThat(ClientNetwork.of(Inet6Address.getByAddress(null, bytes, -1)))
        .isEqualTo(ClientNetwork.of(InetAddress.getByName("203.0.113.7")));
  }

  @Test
  @DisplayName("TH-2 clients behind NAT64 are told apart: one's failures keep no other out")
  void nat64() throws UnknownHostException {
    InetAddress guilty = InetAddress.getByName("64:ff9b::c633:6401");
    InetAddress neighbour = InetAddress.getByName("64:ff9b::c633:6402");
    Throttle throttle = Throttle.builder(AuthEnvironment.standard()).build();
    for (int i = 0; i < 100; i++) {
      ((Attempt.Granted) throttle.reserve("name" + i, guilty)).wrong();
    }
    assertThat(throttle.reserve("alice", guilty)).isInstanceOf(Attempt.Refused.class);
    assertThat(throttle.reserve("alice", InetAddress.getByName("198.51.100.1")))
        .as("the same client without NAT64")
        .isInstanceOf(Attempt.Refused.class);
    assertThat(throttle.reserve("alice", neighbour)).isInstanceOf(Attempt.Granted.class);
  }
}
