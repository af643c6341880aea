package com.example.spring;

import org.junit.jupiter.api.DisplayName;

@DisplayName("AD-10 Spring Boot on Jetty")
class JettyContractTest implements BootContract {
  @Override
  public String otherContainer() {
    return RunningApp.NO_TOMCAT;
  }
}
