package com.example.redis;

import com.example.redis.server.RedisProcess;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.ThrottleContract;
import dev.sallyport.testkit.TokenStoreContract;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** The contracts of one server in Valkey, where there is one. */
@EnabledIf(value = "isThere", disabledReason = "There is no valkey-server on the PATH")
class ValkeyTest {
  private static RedisProcess server;
  private static RedisClient client;

  static boolean isThere() {
    return binary().isPresent();
  }

  private static Optional<Path> binary() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "valkey-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @BeforeAll
  static void start() {
    server = RedisProcess.start(binary().orElseThrow(), RedisProcess.keeping());
    client = Servers.patientClient(server.address());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static RedisStores emptied() {
    try (Jedis admin = server.admin()) {
      admin.flushAll();
    }
    return Servers.patient(client);
  }

  @Nested
  @DisplayName("ST-3 Valkey")
  class Tokens implements TokenStoreContract {
    @Override
    public TokenStore store() {
      return emptied().tokens();
    }

    @Override
    public boolean prunes() {
      return false;
    }
  }

  @Nested
  @DisplayName("ST-3, TH-6 Valkey")
  class Counts implements ThrottleContract {
    @Override
    public ThrottleStore store() {
      return emptied().counts();
    }
  }
}
