package com.example.grpc;

import static com.example.grpc.GreeterServer.basic;
import static com.example.grpc.GreeterServer.none;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.Guard;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.CheapHasher;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("GU-5 The interceptor and TLS")
class TransportTest {
  private static final String PASSWORD = "correct horse battery staple";

  private final Guard guard = guard();

  private static Guard guard() {
    Sallyport auth =
        Sallyport.inMemory().withPasswords(passwords -> passwords.hasher(CheapHasher.create()));
    auth.accounts().register("alice", Password.of(PASSWORD));
    return auth.guard(BasicAuthenticator.of(auth));
  }

  @Test
  @DisplayName("GU-5 refuses credentials in clear text, unread")
  void clearText() throws Exception {
    try (GreeterServer server = GreeterServer.of(guard)) {
      GreeterServer.Refused refused = server.refused(Greeter.HELLO, basic("alice", PASSWORD));
      assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(refused.errorCode()).isEqualTo("insecure_transport");
      assertThat(refused.trailers().containsKey(Refusals.CHALLENGE)).isFalse();
    }
  }

  @Test
  @DisplayName("GU-5 accepts them over TLS")
  void tls(@TempDir Path folder) throws Exception {
    KeyStore store = keyStore(folder);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, "changeit".toCharArray());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    try (GreeterServer server =
        GreeterServer.of(guard, keys.getKeyManagers(), trust.getTrustManagers())) {
      assertThat(server.call(Greeter.HELLO, basic("alice", PASSWORD))).isEqualTo("Hello, alice");
      assertThat(server.refused(Greeter.HELLO, none()).code())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  private static KeyStore keyStore(Path folder) throws Exception {
    Path file = folder.resolve("tls.p12");
    Path log = folder.resolve("keytool.log");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "tls",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(keytool.exitValue()).as(Files.readString(log)).isZero();
    KeyStore store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    // A trust manager takes certificates, and a key's chain is none of them.
    store.setCertificateEntry("trusted", store.getCertificate("tls"));
    return store;
  }
}
