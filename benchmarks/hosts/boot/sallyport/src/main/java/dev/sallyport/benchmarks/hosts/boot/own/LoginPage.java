package dev.sallyport.benchmarks.hosts.boot.own;

import dev.sallyport.AuthRequest;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.session.SessionLogin;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The form, which Spring Security has ready. */
@RestController
@PermitAll
class LoginPage {
  private final SessionLogin login;

  LoginPage(SessionLogin login) {
    this.login = login;
  }

  @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE)
  String form() {
    return """
        <!doctype html>
        <title>Log in</title>
        <form method="post">
          <label>Name <input name="username" autocomplete="username"></label>
          <label>Password <input name="password" type="password"></label>
          <button>Log in</button>
        </form>
        """;
  }

  @PostMapping("/login")
  void logIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
    AuthRequest asked = AuthFilter.authRequest(request);
    String name = String.join("", asked.formValues("username"));
    String password = String.join("", asked.formValues("password"));
    SessionLogin.Result result = login.logIn(asked, name, password, false);
    if (result instanceof SessionLogin.LoggedIn done) {
      response.addHeader("Set-Cookie", done.session().cookie().header());
      response.sendRedirect("/notes");
    } else {
      AuthFilter.send(request, response, ((SessionLogin.Refused) result).response());
    }
  }
}
