package com.example.spring;

import static dev.sallyport.spring.MockCaller.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.sallyport.spring.WithUser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest
@WithUser("alice")
@DisplayName("Spring Boot: the slice of one's handlers, without a store")
class WebMvcSliceTest {
  static {
    Quiet.hosts();
  }

  private final MockMvc mockMvc;

  @Autowired
  WebMvcSliceTest(MockMvc mockMvc) {
    this.mockMvc = mockMvc;
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(PermissionsTest.Handlers.class)
  static class Application {}

  @Test
  @DisplayName("AD-10 @WithUser on the class, and another caller of one request")
  void callers() throws Exception {
    mockMvc.perform(get("/default")).andExpect(status().isOk());
    mockMvc.perform(get("/admin")).andExpect(status().isForbidden());
    mockMvc.perform(get("/admin").with(user("bob").roles("admin"))).andExpect(status().isOk());
  }

  @Test
  @WithUser(value = "bob", roles = "admin")
  @DisplayName("AD-10 @WithUser on the method counts before that on the class")
  void nearest() throws Exception {
    mockMvc.perform(get("/admin")).andExpect(status().isOk());
  }
}
