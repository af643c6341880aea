package com.example.http;

import static com.example.http.Answers.assertOk;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.guard.AuthResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When a change of roles is seen. */
class RolesTest {
  private final JwtSite site = new JwtSite();

  private static List<String> roles(AuthResponse me) {
    List<String> roles = new ArrayList<>();
    assertOk(me).get("roles").forEach(role -> roles.add(role.textValue()));
    return roles;
  }

  @Test
  @DisplayName("AC-1 a session has other roles from its next request on, and goes on")
  void session() {
    Browser browser = site.page();
    browser.login("alice");
    assertThat(roles(browser.me())).isEmpty();
    site.site.accounts.changeRoles("id-of-alice", Set.of("admin", "staff"));
    assertThat(roles(browser.me())).containsExactlyInAnyOrder("admin", "staff");
    site.site.accounts.changeRoles("id-of-alice", Set.of());
    assertThat(roles(browser.me())).isEmpty();
  }

  @Test
  @DisplayName("AC-1, JW-6 a JWT keeps the former roles; the one after a refresh has the new ones")
  void jwt() {
    JsonNode before = site.logIn();
    site.site.accounts.changeRoles("id-of-alice", Set.of("admin"));
    assertThat(roles(site.with(before).me())).isEmpty();
    JsonNode after = assertOk(site.refresh(JwtSite.refresh(before)));
    assertThat(roles(site.with(after).me())).containsExactly("admin");
  }
}
