package com.example.javalin;

import com.example.host.Transport;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The host on Javalin, over cleartext HTTP/2")
class JavalinHttp2Test extends JavalinHostTest {
  @Override
  protected Transport transport() {
    return Transport.http2();
  }
}
