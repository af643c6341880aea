package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.basic;
import static com.example.demo.RunningDemo.field;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testkit.Secrets;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody has who has read the whole database. */
@Timeout(120)
class DumpTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  @TempDir private Path folder;
  private RunningDemo demo;
  private String cookieName;

  @AfterEach
  void stop() {
    demo.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"H2", "PostgreSQL"})
  @DisplayName("SE-1 TK-2 JW-7 AC-5 a dump of all tables holds nothing that can be presented")
  void dump(String database) throws Exception {
    String url = database.equals("H2") ? "jdbc:h2:mem:dump;DB_CLOSE_DELAY=-1" : Postgres.newUrl();
    Path config =
        Files.writeString(folder.resolve("demo.properties"), "auth.passwords.cost = 10\n");
    demo =
        RunningDemo.start(
            Map.of(
                "STORE",
                url,
                "CONFIG",
                config.toString(),
                "KEYS",
                folder.resolve("keys.jwks").toString()));
    List<String> secrets = secrets();
    List<String> cells = cells(url);
    String dump = String.join("\n", cells);
    assertThat(dump).contains("alice", "session", "token", "family", "reset", "$2");
    for (String secret : secrets) {
      for (String form : forms(secret)) {
        assertThat(dump.toLowerCase(Locale.ROOT)).doesNotContain(form.toLowerCase(Locale.ROOT));
      }
      assertThat(Secrets.contains(dump, secret)).as("base64 of " + secret).isFalse();
    }
    Set<String> presentable = presentable(cells);
    assertThat(presentable).anyMatch(text -> text.startsWith("$2"));
    for (String text : presentable) {
      assertOpensNothing(text);
    }
    // What is good is still good, so that the above was not refused for another reason.
    assertThat(demo.hello("Cookie", cookieName + secrets.get(0))).isEqualTo(200);
  }

  /** One of each kind that is issued, and the password. */
  private List<String> secrets() throws Exception {
    assertThat(demo.register("alice", PASSWORD).statusCode()).isEqualTo(201);
    HttpResponse<String> login = demo.login("alice", PASSWORD);
    String cookie = RunningDemo.cookie(login);
    cookieName = cookie.substring(0, cookie.indexOf('=') + 1);
    String alice = basic("alice", PASSWORD);
    String token = field(demo.post("/auth/tokens", "Authorization", alice).body(), "token");
    String first = field(demo.pair("alice", PASSWORD).body(), "refresh_token");
    HttpResponse<String> next = demo.refresh(first);
    assertThat(next.statusCode()).isEqualTo(200);
    assertThat(demo.login("alice", "a-wrong-password").statusCode()).isEqualTo(401);
    assertThat(demo.json("/api/reset/request", "{\"username\":\"alice\"}").statusCode())
        .isEqualTo(204);
    String second = field(next.body(), "refresh_token");
    return List.of(
        cookie.substring(cookieName.length()),
        field(login.body(), "csrf_token"),
        token,
        token.substring(token.indexOf('_') + 1, token.length() - 6),
        first,
        second,
        secretOf(first),
        secretOf(second),
        field(next.body(), "access_token"),
        PasswordResetTest.codes(demo).get(0),
        PASSWORD,
        "a-wrong-password");
  }

  /** 32 bytes behind the id of the family and the generation. */
  private static String secretOf(String refreshToken) {
    byte[] bytes =
        Base64.getUrlDecoder().decode(refreshToken.substring(refreshToken.indexOf('_') + 1));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, 20, 52));
  }

  /** As it is, and the bytes of its text, and those that it may itself be base64 of. */
  private static List<String> forms(String secret) {
    List<String> forms = new ArrayList<>(List.of(secret));
    forms.add(HexFormat.of().formatHex(secret.getBytes(UTF_8)));
    if (secret.matches("[A-Za-z0-9_-]{43}")) {
      byte[] bytes = Base64.getUrlDecoder().decode(secret);
      forms.add(HexFormat.of().formatHex(bytes));
      forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
      forms.add(new BigInteger(1, bytes).toString());
    }
    return forms;
  }

  /** All values of all our tables. */
  private static List<String> cells(String url) throws SQLException {
    List<String> cells = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String table : tables(connection.getMetaData())) {
        try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
          while (row.next()) {
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
              String cell = row.getString(i);
              cells.add(cell == null ? "" : cell);
            }
          }
        }
      }
    }
    return cells;
  }

  private static Set<String> tables(DatabaseMetaData database) throws SQLException {
    Set<String> tables = new TreeSet<>();
    try (ResultSet table =
        database.getTables(null, null, null, new String[] {"TABLE", "BASE TABLE"})) {
      while (table.next()) {
        String name = table.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
        if (name.startsWith("sallyport_")) {
          tables.add(name);
        }
      }
    }
    assertThat(tables).contains("sallyport_users", "sallyport_tokens", "sallyport_throttle");
    return tables;
  }

  /** The values and their parts, and tokens made of them that have the right form. */
  private static Set<String> presentable(List<String> cells) {
    Set<String> texts = new TreeSet<>();
    for (String cell : cells) {
      // Numbers are the same all over, and shorter than anything that is issued.
      if (cell.length() >= 16) {
        texts.add(cell);
        texts.addAll(List.of(cell.split("[^A-Za-z0-9_-]+")));
      }
    }
    texts.removeIf(text -> text.length() < 16 || !text.matches("[!-~]+"));
    for (String text : List.copyOf(texts)) {
      texts.add("sallyr_" + text);
      if (text.matches("[A-Za-z0-9_-]{43}")) {
        texts.add(token(Base64.getUrlDecoder().decode(text)));
      }
    }
    return texts;
  }

  /** A token that is these 256 bits. */
  private static String token(byte[] bits) {
    String digits = base62(new BigInteger(1, bits), 43);
    CRC32 crc = new CRC32();
    crc.update(digits.getBytes(US_ASCII));
    return "sally_" + digits + base62(BigInteger.valueOf(crc.getValue()), 6);
  }

  private static String base62(BigInteger number, int length) {
    char[] digits = new char[length];
    for (int i = length - 1; i >= 0; i--) {
      BigInteger[] split = number.divideAndRemainder(BigInteger.valueOf(62));
      digits[i] = BASE62.charAt(split[1].intValue());
      number = split[0];
    }
    return new String(digits);
  }

  private void assertOpensNothing(String text) throws Exception {
    assertThat(demo.hello("Cookie", cookieName + text)).as(text).isEqualTo(401);
    for (String scheme : List.of("Token ", "Bearer ")) {
      assertThat(demo.hello("Authorization", scheme + text)).as(text).isEqualTo(401);
    }
    assertThat(demo.refresh(text).statusCode()).as(text).isEqualTo(401);
    String redemption =
        "{\"code\":" + RunningDemo.quote(text) + ",\"new_password\":\"looking-glass-1871\"}";
    assertProblem(demo.json("/api/reset/redeem", redemption), 400, "unknown_code");
    if (text.startsWith("$2")) {
      assertThat(demo.login("alice", text).statusCode()).isEqualTo(401);
    }
  }
}
