package com.example.tomcat;

import com.example.host.Transport;

class TomcatHttp2Test extends TomcatHostTest {
  @Override
  protected Transport transport() {
    return Transport.http2();
  }
}
