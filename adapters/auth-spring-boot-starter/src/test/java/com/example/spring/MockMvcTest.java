package com.example.spring;

import static dev.sallyport.spring.MockCaller.anonymous;
import static dev.sallyport.spring.MockCaller.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.sallyport.spring.WithUser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest(
    classes = {RunningApp.Boot.class, PermissionsTest.Handlers.class},
    properties = {
      "sallyport.users.carol.password=" + RunningApp.PASSWORD,
      "spring.autoconfigure.exclude="
          + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
    })
@AutoConfigureMockMvc
@DisplayName("Spring Boot: tests of the host by MockMvc")
class MockMvcTest {
  static {
    Quiet.hosts();
  }

  private final MockMvc mockMvc;

  @Autowired
  MockMvcTest(MockMvc mockMvc) {
    this.mockMvc = mockMvc;
  }

  @Test
  @DisplayName("AD-10 nobody is refused, and whom the request names has their roles")
  void named() throws Exception {
    mockMvc.perform(get("/admin")).andExpect(status().isUnauthorized());
    mockMvc.perform(get("/admin").with(user("alice"))).andExpect(status().isForbidden());
    mockMvc
        .perform(get("/admin").with(user("alice").roles("admin")))
        .andExpect(status().isOk())
        .andExpect(content().string("admin"));
    mockMvc.perform(get("/open")).andExpect(status().isOk());
  }

  @Test
  @DisplayName("GU-2 scopes restrict the credential, and it is fresh")
  void scopes() throws Exception {
    mockMvc.perform(get("/recent").with(user("alice").scopes("notes"))).andExpect(status().isOk());
    mockMvc
        .perform(get("/recent").with(user("alice").scopes("other")))
        .andExpect(status().isForbidden());
  }

  @Test
  @WithUser(value = "bob", roles = "admin")
  @DisplayName("AD-10 @WithUser names the caller of all requests that name none")
  void annotated() throws Exception {
    mockMvc.perform(get("/admin")).andExpect(status().isOk());
    mockMvc.perform(get("/admin").with(user("alice"))).andExpect(status().isForbidden());
    mockMvc.perform(get("/admin").with(anonymous())).andExpect(status().isUnauthorized());
  }
}
