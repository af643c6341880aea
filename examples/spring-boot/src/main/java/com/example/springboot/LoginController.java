package com.example.springboot;

import dev.sallyport.AuthRequest;
import dev.sallyport.session.SessionLogin;
import dev.sallyport.session.Sessions;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Logs in and out by forms. */
@Controller
@RequestMapping("/pages")
@PermitAll
final class LoginController {
  private final SessionLogin login;
  private final Sessions sessions;
  private final LoginForm form;

  LoginController(SessionLogin login, Sessions sessions, LoginForm form) {
    this.login = login;
    this.sessions = sessions;
    this.form = form;
  }

  @GetMapping("/login")
  String show() {
    return "login";
  }

  @PostMapping("/login")
  ModelAndView logIn(AuthRequest request, HttpServletResponse response) {
    String name = Forms.field(request, "username");
    String password = Forms.field(request, "password");
    boolean remember = Forms.field(request, "remember").equals("on");
    SessionLogin.Result result = login.logIn(request, name, password, remember);
    if (result instanceof SessionLogin.LoggedIn done) {
      response.addHeader("Set-Cookie", done.session().cookie().header());
      return Forms.seeOther("/pages/notes");
    }
    return form.again(((SessionLogin.Refused) result).response(), response);
  }

  /** The guard has refused other sites' forms. */
  @PostMapping("/logout")
  ModelAndView logOut(AuthRequest request, HttpServletResponse response) {
    response.addHeader("Set-Cookie", sessions.end(request).header());
    return Forms.seeOther("/pages/login");
  }
}
