package dev.sallyport.benchmarks.hosts.boot.own;

import dev.sallyport.benchmarks.hosts.People;
import dev.sallyport.benchmarks.hosts.boot.Notes;
import dev.sallyport.guard.Guard;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionLogin;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The notes, for users who log in by a form or by Basic, and for bearers of tokens. */
@SpringBootApplication
@Import(Notes.class)
class GuardedApplication {
  @Bean
  CredentialStore users() {
    AccountStore users = CredentialStore.inMemory();
    People.names()
        .forEach(name -> users.insert(User.builder(name, name).passwordHash(People.HASH).build()));
    return users;
  }

  @Bean
  SessionLogin sessionLogin(Sallyport auth, Guard guard) {
    return SessionLogin.of(auth, guard);
  }
}
