package com.example.checks.sample;

/** Hidden, but what it has is passed on. */
abstract class Round {
  Round() {}

  @Deprecated
  public final int area() {
    int side = hashCode();
    return side * side;
  }
}
