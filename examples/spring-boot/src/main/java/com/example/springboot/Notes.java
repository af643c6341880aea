package com.example.springboot;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The notes of all users, in the database. Safe for many threads. */
@Component
record Notes(JdbcClient database, AuthEnvironment environment) {
  static final int MAX_LENGTH = 200;
  static final String LENGTH = "A note has 1 to " + MAX_LENGTH + " characters.";

  /**
   * Adds a note.
   *
   * @return whether the text can be one
   * @throws StoreUnavailableException if the database can't answer
   */
  boolean add(String userId, String text) {
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      return false;
    }
    long writtenAt = ChronoUnit.MICROS.between(Instant.EPOCH, environment.now());
    try {
      database
          .sql("INSERT INTO note (id, user_id, written_at, words) VALUES (?, ?, ?, ?)")
          .params(UUID.randomUUID().toString(), userId, writtenAt, text)
          .update();
    } catch (DataAccessException e) {
      throw new StoreUnavailableException("A note can't be added", e);
    }
    return true;
  }

  /**
   * The last notes of a user, oldest first.
   *
   * @throws StoreUnavailableException if the database can't answer
   */
  List<String> of(String userId) {
    try {
      return database
          .sql("SELECT words FROM note WHERE user_id = ? ORDER BY written_at")
          .param(userId)
          .query((row, number) -> row.getString(1))
          .list();
    } catch (DataAccessException e) {
      throw new StoreUnavailableException("Notes can't be read", e);
    }
  }
}
