package com.example.jwt.family;

/** Where the requests of one client arrive. */
enum Topology {
  /** All at the same node. */
  ONE_NODE,
  /** By turns at two, which make their tokens with different keys. */
  TWO_NODES;

  /** Where the request of that number arrives; logins were at the first. */
  Node at(JwtFixture fixture, int step) {
    return this == ONE_NODE || step % 2 == 0 ? fixture.first : fixture.second;
  }
}
