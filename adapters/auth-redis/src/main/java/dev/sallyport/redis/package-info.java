/** The stores of this library in a host's own Redis or Valkey, over its own Jedis client. */
@NullMarked
package dev.sallyport.redis;

import org.jspecify.annotations.NullMarked;
