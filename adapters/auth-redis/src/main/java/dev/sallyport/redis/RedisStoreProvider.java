package dev.sallyport.redis;

import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.Setting;
import dev.sallyport.scheme.StoreProvider;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.UnifiedJedis;

/** The setting {@code auth.redis.url}: what is issued and counted is kept there. */
public final class RedisStoreProvider implements StoreProvider {
  private static final Setting<Optional<RedisUrl>> URL =
      Setting.of(
              "url",
              "",
              RedisUrl.ALLOWED,
              "The Redis or Valkey server that keeps what is issued and counted, or nodes of a"
                  + " Cluster. Empty for the stores that code gives.",
              RedisStoreProvider::url)
          .secret();

  /** For {@link java.util.ServiceLoader}. */
  public RedisStoreProvider() {}

  private static Optional<RedisUrl> url(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(RedisUrl.of(text));
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(URL);
  }

  @Override
  public Optional<Opened> open(SchemeContext context) {
    return context.get(URL).map(RedisUrl::connect).map(RedisStoreProvider::opened);
  }

  private static Opened opened(UnifiedJedis jedis) {
    try {
      RedisStores stores = RedisStores.of(jedis);
      return new Opened(stores.tokens(), stores.counts(), jedis::close);
    } catch (RuntimeException e) {
      jedis.close();
      throw e;
    }
  }
}
