package com.example.jetty;

import com.example.host.Transport;

class JettyHttp2Test extends JettyHostTest {
  @Override
  protected Transport transport() {
    return Transport.http2();
  }
}
