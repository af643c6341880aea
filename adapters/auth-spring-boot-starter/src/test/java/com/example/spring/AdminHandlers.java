package com.example.spring;

import dev.sallyport.spring.Needs;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Needs(role = "ADMIN")
@RestController
@RequestMapping("/admin")
class AdminHandlers {
  @GetMapping("/users")
  String users() {
    return "users";
  }
}
