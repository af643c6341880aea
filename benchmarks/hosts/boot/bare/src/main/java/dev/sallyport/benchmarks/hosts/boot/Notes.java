package dev.sallyport.benchmarks.hosts.boot;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The notes of each user, in memory; and a route that does nothing, which is measured. */
@RestController
public class Notes {
  private final Map<String, List<String>> all = new ConcurrentHashMap<>();

  @GetMapping(path = "/json", produces = MediaType.APPLICATION_JSON_VALUE)
  String json() {
    return "{}";
  }

  @GetMapping("/notes")
  List<String> list(Principal who) {
    return all.getOrDefault(who.getName(), List.of());
  }

  @PostMapping("/notes")
  @ResponseStatus(HttpStatus.CREATED)
  void add(Principal who, @RequestBody String note) {
    all.computeIfAbsent(who.getName(), missing -> new CopyOnWriteArrayList<>()).add(note);
  }
}
