package com.example.springboot;

import dev.sallyport.Authenticated;
import dev.sallyport.spring.Needs;
import jakarta.annotation.security.PermitAll;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells callers who they are. */
@RestController
@RequestMapping("/api")
final class HelloController {
  /** Written out in this order. */
  record Hello(String hello, String scheme) {}

  @PermitAll
  @GetMapping("/public")
  Map<String, String> open(Optional<Authenticated> who) {
    return Map.of("public", who.map(known -> known.principal().name()).orElse("anonymous"));
  }

  @Needs
  @GetMapping("/hello")
  Hello hello(Authenticated who) {
    return new Hello(who.principal().name(), who.scheme());
  }

  @Needs(role = "admin")
  @GetMapping("/admin")
  Map<String, String> admin(Authenticated who) {
    return Map.of("admin", who.principal().name());
  }
}
