package com.example.springboot;

import dev.sallyport.AuthRequest;
import dev.sallyport.Challenge;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** The form that asks for name and password, in place of another page or once more. */
@Component
record LoginForm(Guard guard) {
  /** For nobody, with challenges at which no browser opens a dialogue over the form. */
  ModelAndView insteadOfPage(AuthRequest request, HttpServletResponse response) {
    Decision nobody = guard.authorize(request, Optional.empty(), Permission.authenticated());
    Problem problem = ((Decision.Refuse) nobody).problem();
    AuthResponse refusal =
        problem
            .withChallenges(problem.challenges().stream().map(Challenge::unprompted).toList())
            .toResponse();
    return insteadOf(refusal, "nobody", response);
  }

  /** Once more, after a login that was refused. */
  ModelAndView again(AuthResponse refusal, HttpServletResponse response) {
    return insteadOf(refusal, Integer.toString(refusal.status()), response);
  }

  /** What a program reads of the refusal stays: status, challenges, time to wait. */
  private static ModelAndView insteadOf(
      AuthResponse refusal, String why, HttpServletResponse response) {
    ModelAndView form = new ModelAndView("login");
    form.setStatus(HttpStatusCode.valueOf(refusal.status()));
    form.addObject("why", why);
    form.addObject("wait", refusal.header("Retry-After").orElse(null));
    for (AuthResponse.Header line : refusal.headers()) {
      if (!line.name().equals("Content-Type")) {
        response.addHeader(line.name(), line.value());
      }
    }
    return form;
  }
}
