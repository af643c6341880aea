package com.example.servlet;

import org.junit.jupiter.api.DisplayName;

@DisplayName("AD-10 The filter in Jetty")
class JettyContractTest implements ServletContract {
  @Override
  public Container container() {
    return Container.JETTY;
  }
}
