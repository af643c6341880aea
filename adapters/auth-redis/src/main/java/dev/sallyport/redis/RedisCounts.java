package dev.sallyport.redis;

import static dev.sallyport.redis.Texts.hex;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import java.time.Instant;
import java.util.Optional;

/** A value a key, behind its end; it leaves by itself. */
final class RedisCounts implements ThrottleStore {
  private static final int END = 16;

  private final Server server;
  private final Keys keys;

  RedisCounts(Server server) {
    this.server = server;
    this.keys = server.keys();
  }

  @Override
  public Optional<String> find(String key, Instant now) {
    byte[] stored = server.call("find a count").get(keys.count(Keys.digest(key)));
    if (stored != null && stored.length < END) {
      throw new StoreUnavailableException("A count in Redis is damaged");
    }
    return Optional.ofNullable(stored)
        .map(Call::ascii)
        .filter(text -> hex(now.toEpochMilli()).compareTo(text.substring(0, END)) < 0)
        .map(text -> text.substring(END));
  }

  @Override
  public boolean replace(String key, Optional<String> expected, Optional<Entry> next, Instant now) {
    String digest = Keys.digest(key);
    long end = next.map(entry -> entry.forgetAt().toEpochMilli()).orElse(0L);
    Object answer =
        server
            .call("change a count")
            .once(
                Script.COUNT,
                keys.count(digest),
                digest,
                expected.map(value -> "=" + value).orElse(""),
                next.map(entry -> "=" + entry.value()).orElse(""),
                hex(end),
                hex(now.toEpochMilli()),
                now.toEpochMilli(),
                Math.min(end, RedisTokens.MAX_MILLIS));
    return Long.valueOf(1).equals(answer);
  }

  @Override
  public String toString() {
    return "RedisCounts[" + server + "]";
  }
}
