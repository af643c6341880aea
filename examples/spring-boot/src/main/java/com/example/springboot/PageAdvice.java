package com.example.springboot;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Secret;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.session.Sessions;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;

/**
 * What all pages have in common: nobody keeps them, they know who is logged in, and their forms
 * have the token of the session. A page that takes an {@link Authenticated} shows the login form to
 * nobody.
 */
@ControllerAdvice(assignableTypes = {AdminPages.class, LoginController.class, NotesPages.class})
final class PageAdvice {
  private final Sessions sessions;
  private final LoginForm form;

  PageAdvice(Sessions sessions, LoginForm form) {
    this.sessions = sessions;
    this.form = form;
  }

  @ModelAttribute
  void prepare(
      Optional<Authenticated> who, AuthRequest request, HttpServletResponse response, Model model) {
    response.setHeader("Cache-Control", "no-store");
    who.ifPresent(
        known -> {
          model.addAttribute("name", known.principal().name());
          // who is known by something else than a session needs no token
          sessions
              .csrfToken(request)
              .map(Secret::reveal)
              .ifPresent(token -> model.addAttribute("token", token));
        });
  }

  @ExceptionHandler
  ModelAndView logInFirst(
      RefusedRequestException refused, AuthRequest request, HttpServletResponse response) {
    return form.insteadOfPage(request, response);
  }
}
