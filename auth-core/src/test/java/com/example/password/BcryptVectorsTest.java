package com.example.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Hashes that others have published. */
class BcryptVectorsTest {
  private record Case(String hash, Password password, String text) {}

  private static List<Case> cases(String file) throws IOException {
    String folder = System.getProperty("vectors.dir");
    assumeTrue(folder != null, "vectors.dir is not given: no bcrypt vectors are read");
    Path path = Path.of(folder, "bcrypt", file);
    JsonNode cases = new ObjectMapper().readTree(Files.readString(path)).get("cases");
    return StreamSupport.stream(cases.spliterator(), false)
        .map(
            c -> {
              assertThat(c.get("result").asText()).isEqualTo("valid");
              byte[] bytes = HexFormat.of().parseHex(c.get("password_hex").asText());
              String text = new String(bytes, StandardCharsets.UTF_8);
              return new Case(c.get("hash").asText(), Password.of(text), text);
            })
        .toList();
  }

  /** Each hash once, on all processors: some of them take a quarter of a second. */
  private static void check(List<Case> cases, Set<String> alreadyChecked) {
    BcryptHasher hasher = BcryptHasher.ofDefaultCost();
    cases.parallelStream()
        .filter(c -> !alreadyChecked.contains(c.hash))
        .forEach(
            c -> {
              assertThat(hasher.recognises(c.hash)).as(c.hash).isTrue();
              assertThat(hasher.verify(c.password, c.hash)).as(c.hash).isTrue();
              assertThat(hasher.verify(Password.of(c.text + "x"), c.hash)).as(c.hash).isFalse();
            });
  }

  @Test
  @DisplayName("PW-1, row 30: jBCrypt's 20 hashes verify for their password and for no other")
  void jbcrypt() throws IOException {
    List<Case> cases = cases("jbcrypt.json");
    assertThat(cases).hasSize(20);
    check(cases, Set.of());
  }

  @Test
  @DisplayName("PW-1, row 30: so do Spring Security's 40, of which jBCrypt's are a part")
  void spring() throws IOException {
    List<Case> cases = cases("spring_bcrypt_strings.json");
    assertThat(cases).hasSize(40);
    Set<String> jbcrypt = new TreeSet<>();
    cases("jbcrypt.json").forEach(c -> jbcrypt.add(c.hash));
    check(cases, jbcrypt);
  }
}
