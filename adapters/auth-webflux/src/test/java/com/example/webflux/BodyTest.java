package com.example.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.eventloop.BodyContract;
import com.example.eventloop.Connection;
import com.example.eventloop.Connection.Answer;
import com.example.eventloop.SiteOptions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies behind the guard, before it, and those that nobody reads. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BodyTest implements BodyContract {
  @Override
  public Site start(SiteOptions options) {
    return new Site(options);
  }

  @Test
  @DisplayName("AD-2, AD-6 of a form that is refused, the client gets to read why")
  void refusedForm() throws Exception {
    try (Site site = start(SiteOptions.standard());
        Connection connection = site.connect()) {
      String session = site.session();
      String form = "a=" + "x".repeat(3_000_000);
      assertThat(connection.post("/", FORM, form, session).status()).isEqualTo(403);
      assertThat(connection.ask("GET", "/auth/me", session).status())
          .as("the next request on the connection")
          .isEqualTo(200);
    }
  }

  @Test
  @DisplayName("AD-2, SE-5 a field of 50,000 characters beside csrf_token is the handler's as well")
  void longField() throws Exception {
    try (Site site = start(SiteOptions.standard());
        Connection connection = site.connect()) {
      String session = site.session();
      String token = BodyContract.csrfToken(connection, session);
      String form = "csrf_token=" + token + "&a=" + "x".repeat(50_000);
      assertThat(connection.post("/", FORM, form, session).body())
          .isEqualTo(BodyContract.counted(form.length()));
    }
  }

  @Test
  @DisplayName("AD-2 a handler's permission that reads the form is told who can read it")
  void permissionOfHandler() throws Exception {
    try (Site site = start(SiteOptions.standard());
        Connection connection = site.connect()) {
      Answer answer = connection.post("/judged", FORM, "a=1", Site.alice());
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("can't read the form", "read it in the handler");
    }
  }

  @Test
  @DisplayName("AD-6 an endpoint reads 16 KiB: what is longer is 413, and the connection goes on")
  void tooLarge() throws Exception {
    try (Site site = start(SiteOptions.standard());
        Connection connection = site.connect()) {
      Answer answer = connection.post("/auth/login", "application/json", JSON);
      assertThat(answer.status()).isEqualTo(413);
      assertThat(connection.ask("GET", "/auth/me", Site.alice()).status()).isEqualTo(200);
    }
  }
}
