package com.example.servlets;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last notes of all users. Safe for many threads. */
final class Notes {
  static final int MAX_LENGTH = 200;
  private static final int MAX_NOTES = 1_000;

  private final Deque<Note> notes = new ArrayDeque<>();

  private record Note(String userId, String text) {}

  synchronized void add(String userId, String text) {
    if (notes.size() == MAX_NOTES) {
      notes.removeFirst();
    }
    notes.addLast(new Note(userId, text));
  }

  synchronized List<String> of(String userId) {
    return notes.stream().filter(note -> note.userId().equals(userId)).map(Note::text).toList();
  }
}
