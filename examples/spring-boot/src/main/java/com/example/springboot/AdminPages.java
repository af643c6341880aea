package com.example.springboot;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.ActiveLogins;
import dev.sallyport.spring.Needs;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/** Shows administrators where a user is logged in, and ends what they choose. */
@Controller
@RequestMapping("/pages/admin")
final class AdminPages {
  private final CredentialStore users;
  private final ActiveLogins logins;

  AdminPages(CredentialStore users, Accounts accounts) {
    this.users = users;
    this.logins = accounts.activeLogins().orElseThrow();
  }

  /** One place where a user is logged in. */
  record Login(String id, String kind, String client, String lastSeen) {
    static Login of(TokenRecord found) {
      return new Login(
          found.id(), found.kind().text(), found.client(), found.lastSeenAt().toString());
    }
  }

  /** Others than administrators see a page that says so, which {@code @Needs} would not give. */
  @PermitAll
  @GetMapping
  ModelAndView show(
      Authenticated who, @RequestParam(name = "user", defaultValue = "") String user) {
    if (!who.principal().hasRole("admin")) {
      return new ModelAndView(
          "message",
          Map.of("title", "Administration", "text", "This page is for administrators."),
          HttpStatus.FORBIDDEN);
    }
    List<Login> found =
        users.findByName(user).map(User::id).map(logins::list).orElse(List.of()).stream()
            .map(Login::of)
            .toList();
    return new ModelAndView("admin", Map.of("user", user, "logins", found));
  }

  @Needs(role = "admin")
  @PostMapping("/end")
  ModelAndView end(AuthRequest request) {
    String name = Forms.field(request, "user");
    Optional<User> user = users.findByName(name);
    user.ifPresent(found -> logins.end(found.id(), Forms.field(request, "id")));
    return Forms.seeOther(
        UriComponentsBuilder.fromPath("/pages/admin")
            .queryParam("user", "{name}")
            .encode()
            .buildAndExpand(name)
            .toUriString());
  }
}
