package com.example.demo;

import org.junit.jupiter.api.DisplayName;

@DisplayName("ST-3 Two hosts with one database")
class TwoHostsTest extends TwoHostsContract {
  @Override
  String store() throws Exception {
    return Postgres.newUrl();
  }
}
