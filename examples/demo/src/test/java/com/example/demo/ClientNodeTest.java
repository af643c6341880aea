package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JavaScript client in Node. */
@Timeout(300)
@DisplayName("The JavaScript client in Node")
class ClientNodeTest {
  @Test
  @DisplayName("HT the client in Node 20 against the demo: client.test.js")
  void node() throws Exception {
    NodeTools.copy("client.test.js");
    NodeTools.copy("package.json");
    String version = NodeTools.said(Map.of(), "node", "--version");
    assumeTrue(
        Integer.parseInt(version.replaceFirst("(?s)v([0-9]+).*", "$1")) >= 20,
        "skipped: Node is older than 20");
    try (RunningDemo demo = RunningDemo.start()) {
      String base = "http://127.0.0.1:" + demo.port() + "/auth";
      String said =
          NodeTools.said(
              Map.of("BASE", base), "node", "--test", "--test-reporter=tap", "client.test.js");
      assertThat(said).contains("# pass 5").contains("# fail 0");
    }
  }
}
