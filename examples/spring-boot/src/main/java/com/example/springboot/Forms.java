package com.example.springboot;

import dev.sallyport.AuthRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** What all forms of the pages have in common. */
final class Forms {
  private Forms() {}

  /**
   * The one value of a field; empty if there is none, or several. {@code @RequestParam} would take
   * it from the query as well, which ends up in logs.
   */
  static String field(AuthRequest request, String name) {
    List<String> values = request.formValues(name);
    return values.size() == 1 ? values.get(0) : "";
  }

  /** After a form, so that a reload doesn't send it again. */
  static ModelAndView seeOther(String path) {
    RedirectView redirect = new RedirectView(path);
    redirect.setStatusCode(HttpStatus.SEE_OTHER);
    redirect.setExposeModelAttributes(false);
    return new ModelAndView(redirect);
  }
}
