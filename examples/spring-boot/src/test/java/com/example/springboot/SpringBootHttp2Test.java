package com.example.springboot;

import com.example.host.Transport;

class SpringBootHttp2Test extends SpringBootHostTest {
  @Override
  protected Transport transport() {
    return Transport.http2();
  }
}
