package com.example.spring;

import org.junit.jupiter.api.DisplayName;

@DisplayName("AD-10 Spring Boot on Tomcat")
class TomcatContractTest implements BootContract {
  @Override
  public String otherContainer() {
    return RunningApp.NO_JETTY;
  }
}
