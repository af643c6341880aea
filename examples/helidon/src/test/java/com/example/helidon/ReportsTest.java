package com.example.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.ForcedAuthenticator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/helidon.md: reports on Helidon")
class ReportsTest {
  @Test
  @DisplayName("docs/helidon.md: a caller has a name, and a role where one is needed")
  void reports() throws Exception {
    var auth = Sallyport.inMemory();
    try (HelidonHost host =
        new HelidonHost(Reports.guardedBy(auth.guard(ForcedAuthenticator.as("alice"))))) {
      assertThat(host.get("/reports").body()).isEqualTo("Reports of alice");
      assertThat(host.get("/reports").headers().allValues("Cache-Control"))
          .containsExactly("no-store");
      assertThat(host.get("/reports/all").statusCode()).isEqualTo(403);
    }
    try (HelidonHost host =
        new HelidonHost(Reports.guardedBy(auth.guard(ForcedAuthenticator.as("root", "admin"))))) {
      assertThat(host.get("/reports/all").body()).isEqualTo("All reports");
    }
  }
}
