package com.example.servlet;

import org.junit.jupiter.api.DisplayName;

@DisplayName("AD-10 The filter in Tomcat")
class TomcatContractTest implements ServletContract {
  @Override
  public Container container() {
    return Container.TOMCAT;
  }
}
