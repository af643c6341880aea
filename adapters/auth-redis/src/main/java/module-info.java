/**
 * The stores of what is issued and of counts in Redis or Valkey: alone, with replicas, or as a
 * cluster.
 *
 * <p>Jedis is an automatic module, so an application that uses this module can't be linked by
 * {@code jlink}.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
@org.jspecify.annotations.NullMarked
module dev.sallyport.redis {
  requires static org.jspecify;
  requires transitive dev.sallyport.core;
  requires transitive redis.clients.jedis;
  // What Jedis, which has no module-info, does not say that it needs.
  requires com.google.gson;
  requires org.apache.commons.pool2;
  requires org.json;
  requires org.slf4j;

  exports dev.sallyport.redis;

  provides dev.sallyport.scheme.StoreProvider with
      dev.sallyport.redis.RedisStoreProvider;
}
