package com.example.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.redis.server.RedisProcess;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.redis.RedisUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.UnifiedJedis;

/** A server behind TLS, with a certificate for {@code localhost} and for no other name. */
@Timeout(60)
class TlsTest {
  private static final char[] PASSWORD = "for-tests-only".toCharArray();
  private static final List<String> TRUST =
      List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword");
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  @TempDir private static Path folder;
  private static RedisProcess server;
  private static ServerSocket door;

  @BeforeAll
  static void start() throws Exception {
    Path file = folder.resolve("redis.p12");
    SSLContext context = context(keys(file));
    System.setProperty(TRUST.get(0), file.toString());
    System.setProperty(TRUST.get(1), String.valueOf(PASSWORD));
    server = RedisProcess.start(RedisProcess.keeping());
    door =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    THREADS.execute(TlsTest::accept);
  }

  @AfterAll
  static void stop() throws Exception {
    TRUST.forEach(System::clearProperty);
    door.close();
    server.close();
    THREADS.shutdownNow();
  }

  private static KeyStore keys(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                String.valueOf(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private static SSLContext context(KeyStore keys) throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    return context;
  }

  private static void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket redis = new Socket(server.address().getHost(), server.port());
        THREADS.execute(() -> copy(client, redis));
        THREADS.execute(() -> copy(redis, client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // one of them is gone
    }
  }

  private static RedisStores stores(String scheme, String host) {
    try (UnifiedJedis jedis =
        RedisUrl.of(scheme + "://" + host + ":" + door.getLocalPort()).connect()) {
      return RedisStores.of(jedis);
    }
  }

  @Test
  @DisplayName("ST-3 rediss is TLS with the host's certificate")
  void rightHost() {
    assertThat(stores("rediss", "localhost")).hasToString("RedisStores[Redis]");
  }

  @Test
  @DisplayName("ST-3 a certificate of another host is refused (RFC 9110 §4.3.4)")
  void wrongHost() {
    assertThatThrownBy(() -> stores("rediss", "127.0.0.1"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasStackTraceContaining("No subject alternative names");
  }

  @Test
  @DisplayName("ST-3 redis is not TLS")
  void plain() {
    assertThatThrownBy(() -> stores("redis", "localhost"))
        .isInstanceOf(StoreUnavailableException.class);
  }
}
