package com.example.servlet;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(min = JRE.JAVA_21)
@DisplayName("AD-10 The filter in Jetty, on virtual threads")
class JettyVirtualThreadsTest extends JettyContractTest {
  @Override
  public boolean onVirtualThreads() {
    return true;
  }
}
