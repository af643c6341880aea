package com.example.springboot;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import jakarta.annotation.security.PermitAll;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Says who is logged in, shows their notes, takes another. */
@Controller
@RequestMapping("/pages/notes")
@PermitAll
final class NotesPages {
  private final Notes notes;

  NotesPages(Notes notes) {
    this.notes = notes;
  }

  @GetMapping
  ModelAndView show(Authenticated who) {
    return new ModelAndView("notes", Map.of("notes", notes.of(who.principal().id())));
  }

  @PostMapping
  ModelAndView add(Authenticated who, AuthRequest request) {
    String text = Forms.field(request, "text").strip();
    return notes.add(who.principal().id(), text)
        ? Forms.seeOther("/pages/notes")
        : new ModelAndView(
            "message", Map.of("title", "Not noted", "text", Notes.LENGTH), HttpStatus.BAD_REQUEST);
  }
}
