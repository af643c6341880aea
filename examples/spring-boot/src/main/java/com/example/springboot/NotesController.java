package com.example.springboot;

import dev.sallyport.Authenticated;
import dev.sallyport.Fault;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.JsonBody;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.spring.Needs;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes notes from programs. */
@RestController
@RequestMapping("/api")
@ResponseStatus(HttpStatus.CREATED)
final class NotesController {
  private final Notes notes;

  NotesController(Notes notes) {
    this.notes = notes;
  }

  @Needs
  @PostMapping("/notes")
  Map<String, String> note(Authenticated who, JsonBody body) throws RefusedRequestException {
    String text = body.text("text");
    if (!notes.add(who.principal().id(), text)) {
      throw new RefusedRequestException(
          Problem.of(400, "invalid_request", "The note can't be accepted.")
              .withFaults(List.of(new Fault("text", "wrong_length", Notes.LENGTH))));
    }
    return Map.of("text", text);
  }

  @Needs(scope = "notes:write")
  @PostMapping("/scoped-notes")
  Map<String, String> scopedNote(Authenticated who, JsonBody body) throws RefusedRequestException {
    return note(who, body);
  }
}
