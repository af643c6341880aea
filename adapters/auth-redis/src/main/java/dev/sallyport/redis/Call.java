package dev.sallyport.redis;

import dev.sallyport.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * One call of a store: a few commands, of which none begins after the timeout. Whatever the client
 * throws is an outage. For one thread.
 */
final class Call {
  /** READONLY, OOM, NOAUTH: the rest of an error may quote what was sent. */
  private static final Pattern CODE = Pattern.compile("[A-Z]{2,20}\\b");

  /** How long the server remembers an answer, in timeouts: longer than any client tries again. */
  private static final int MEMORY = 10;

  private static final Duration LEAST_MEMORY = Duration.ofSeconds(10);

  private final Server server;
  private final UnifiedJedis jedis;
  private final String what;
  private final String name;
  private final long start = System.nanoTime();

  Call(Server server, String what, String name) {
    this.server = server;
    this.jedis = server.jedis();
    this.what = what;
    this.name = name;
  }

  byte @Nullable [] get(byte[] key) {
    return ask(() -> jedis.get(key));
  }

  byte @Nullable [] get(byte[] hash, byte[] field) {
    return ask(() -> jedis.hget(hash, field));
  }

  /** Runs a script that changes nothing, or nothing that a failover must not lose. */
  @Nullable Object run(Script script, byte[] key, Object... arguments) {
    return ask(() -> sent(script, List.of(key), bytes(arguments)));
  }

  /** Runs a script that may run twice, and waits for replicas if that was asked for. */
  Object change(Script script, byte[] key, Object... arguments) {
    return changed(script, List.of(key), bytes(arguments));
  }

  /**
   * Runs a script that gives the same answer if the client sends it again, and waits for replicas
   * if that was asked for.
   *
   * @param digest what is between the braces of the key
   */
  Object once(Script script, byte[] key, String digest, Object... arguments) {
    List<byte[]> all = bytes(arguments);
    Duration memory = server.timeout().multipliedBy(MEMORY);
    all.add(Keys.ascii(Long.toString(Math.max(memory.toMillis(), LEAST_MEMORY.toMillis()))));
    return changed(script, List.of(key, server.keys().call(digest, name)), all);
  }

  /** Removes pointers to records that are gone. What is left of them leaves by itself. */
  void forget(List<byte[]> pointers) {
    try {
      if (!server.isCluster() && !pointers.isEmpty()) {
        ask(() -> jedis.del(pointers.toArray(byte[][]::new)));
      } else {
        pointers.forEach(pointer -> ask(() -> jedis.del(pointer)));
      }
    } catch (StoreUnavailableException e) {
      // The records are gone: that is the answer, and it is true.
    }
  }

  private static List<byte[]> bytes(Object... arguments) {
    List<byte[]> all = new ArrayList<>();
    for (Object argument : arguments) {
      all.add(argument instanceof byte[] bytes ? bytes : Keys.ascii(argument.toString()));
    }
    return all;
  }

  private Object changed(Script script, List<byte[]> keys, List<byte[]> arguments) {
    Server.Copies copies = server.copies();
    return copies == null
        ? ask(() -> sent(script, keys, arguments))
        : ask(() -> copied(copies, script, keys, arguments));
  }

  private Object sent(Script script, List<byte[]> keys, List<byte[]> arguments) {
    try {
      return jedis.evalsha(script.sha1(), keys, arguments);
    } catch (JedisNoScriptException e) { // a server that is new or was restarted
      return jedis.eval(script.text(), keys, arguments);
    }
  }

  /** A pipeline is not redirected. What was refused by it was not done, so it can be sent again. */
  private Object copied(
      Server.Copies copies, Script script, List<byte[]> keys, List<byte[]> arguments) {
    try {
      return piped(copies, true, script, keys, arguments);
    } catch (JedisRedirectionException e) {
      jedis.exists(keys.get(0)); // is redirected, and the client learns where the slot is
    } catch (JedisNoScriptException e) {
      return piped(copies, false, script, keys, arguments);
    }
    return piped(copies, false, script, keys, arguments);
  }

  /** WAIT is about what its own connection has written. */
  private Object piped(
      Server.Copies copies,
      boolean byName,
      Script script,
      List<byte[]> keys,
      List<byte[]> arguments) {
    try (AbstractPipeline pipeline = jedis.pipelined()) {
      Response<Object> answer =
          byName
              ? pipeline.evalsha(script.sha1(), keys, arguments)
              : pipeline.eval(script.text(), keys, arguments);
      Response<Long> written =
          pipeline.waitReplicas(keys.get(0), copies.replicas(), copies.timeout().toMillis());
      pipeline.sync();
      Object result = answer.get();
      if (written.get() < copies.replicas()) {
        throw new StoreUnavailableException(
            "Redis could not %s safely: %s of %s replicas had it within %s; the master keeps it"
                .formatted(what, written.get(), copies.replicas(), copies.timeout()));
      }
      return result;
    }
  }

  private <T> T ask(Supplier<T> command) {
    if (System.nanoTime() - start >= server.timeout().toNanos()) {
      throw new StoreUnavailableException(
          "Redis could not " + what + " within " + server.timeout());
    }
    try {
      return command.get();
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (JedisDataException e) {
      throw new StoreUnavailableException("Redis could not " + what + ": " + code(e));
    } catch (RuntimeException e) {
      keepInterrupt(e);
      throw new StoreUnavailableException("Redis could not " + what, e);
    }
  }

  /** What kind of error it is. */
  static String code(JedisDataException e) {
    Matcher code = CODE.matcher(String.valueOf(e.getMessage()));
    return code.lookingAt() ? code.group() : "ERR";
  }

  /** A thread that was interrupted while it waited for a connection stays interrupted. */
  private static void keepInterrupt(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Text that scripts and keys are made of. */
  static String ascii(Object answer) {
    return new String((byte[]) answer, StandardCharsets.US_ASCII);
  }
}
