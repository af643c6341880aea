package dev.sallyport.testkit.adapter;

import java.util.Set;

/** A user of the host under test. */
record TestUser(String name, String password, Set<String> roles) {
  String json() {
    return "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}";
  }

  /** Omits the password. */
  @Override
  public String toString() {
    return name;
  }
}
