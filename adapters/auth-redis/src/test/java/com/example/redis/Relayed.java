package com.example.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.example.redis.server.RedisClients;
import java.util.List;
import java.util.function.UnaryOperator;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A client with something between it and the server. */
@SuppressWarnings("deprecation") // it can be extended, which the others can't
class Relayed extends UnifiedJedis {
  private UnaryOperator<String> change = UnaryOperator.identity();
  private int dies = Integer.MAX_VALUE;
  private int times = 1;
  private int asked;
  private boolean pointsLast;
  private Runnable pointer = () -> {};

  Relayed(HostAndPort address) {
    super(address, RedisClients.config(Servers.PATIENCE.dividedBy(3)));
  }

  /** A server that runs other scripts. */
  Relayed changing(UnaryOperator<String> change) {
    this.change = change;
    return this;
  }

  /** The process dies before this write; 0 is the next. */
  Relayed dyingBefore(int write) {
    dies = write;
    return this;
  }

  /** A client that sends again what has been done, and gives the last answer. */
  Relayed sending(int times) {
    this.times = times;
    return this;
  }

  /** A store that writes the pointer to a new record after it. */
  Relayed pointingLast() {
    pointsLast = true;
    return this;
  }

  /** How many commands were sent since this was last asked. */
  int asked() {
    int number = asked;
    asked = 0;
    return number;
  }

  private void live() {
    asked++;
    if (dies-- <= 0) {
      throw new JedisConnectionException("dead");
    }
  }

  @Override
  public Object evalsha(byte[] sha1, List<byte[]> keys, List<byte[]> args) {
    throw new JedisNoScriptException("NOSCRIPT");
  }

  @Override
  public Object eval(byte[] script, List<byte[]> keys, List<byte[]> args) {
    String text = new String(script, US_ASCII);
    if (pointsLast && text.contains("is_new")) {
      pointer = () -> evalNow(text, keys, args);
      return 1L;
    }
    Object answer = evalNow(text, keys, args);
    pointer.run();
    pointer = () -> {};
    return answer;
  }

  private Object evalNow(String text, List<byte[]> keys, List<byte[]> args) {
    live();
    Object answer = null;
    for (int i = 0; i < times; i++) {
      answer = super.eval(change.apply(text).getBytes(US_ASCII), keys, args);
    }
    return answer;
  }

  @Override
  public long del(byte[] key) {
    live();
    return super.del(key);
  }

  @Override
  public long del(byte[]... keys) {
    live();
    return super.del(keys);
  }

  @Override
  public byte[] get(byte[] key) {
    live();
    return super.get(key);
  }

  @Override
  public byte[] hget(byte[] key, byte[] field) {
    live();
    return super.hget(key, field);
  }
}
