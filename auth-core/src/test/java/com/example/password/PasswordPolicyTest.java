package com.example.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Fault;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordPolicy;
import dev.sallyport.testkit.CheapHasher;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a new password must be. */
class PasswordPolicyTest {
  private static final String FOX = "\uD83E\uDD8A";
  private static final BcryptHasher HASHER = BcryptHasher.ofCost(10);
  private final PasswordPolicy policy = PasswordPolicy.standard();

  private static List<String> codes(PasswordPolicy policy, String username, String password) {
    List<Fault> faults = policy.faults(username, Password.of(password), HASHER);
    assertThat(faults).extracting(Fault::field).allMatch("password"::equals);
    return faults.stream().map(Fault::code).toList();
  }

  private List<String> codes(String password) {
    return codes(policy, "alice", password);
  }

  @Test
  @DisplayName("PW-5, row 34: at least 8 code points")
  void minimum() {
    assertThat(codes("")).containsExactly("too_short");
    assertThat(codes("xq7zkw1")).containsExactly("too_short");
    assertThat(codes("xq7zkw1v")).isEmpty();
    assertThat(codes(FOX.repeat(7))).containsExactly("too_short");
    assertThat(codes(FOX.repeat(8))).isEmpty();
  }

  @Test
  @DisplayName("PW-5, row 34: the NIST preset asks for 15 code points")
  void nist() {
    PasswordPolicy nist = PasswordPolicy.nist();
    assertThat(codes(nist, "alice", "xq7zkw1vxq7zkw")).containsExactly("too_short");
    assertThat(codes(nist, "alice", "xq7zkw1vxq7zkw1")).isEmpty();
    assertThat(codes(nist, "alice", FOX.repeat(14))).containsExactly("too_short");
    assertThat(codes(nist, "alice", FOX.repeat(15))).isEmpty();
    assertThat(nist.faults("alice", Password.of("short"), HASHER).get(0).detail())
        .isEqualTo("The password must have at least 15 characters.");
  }

  @Test
  @DisplayName("PW-5, row 34: a minimum of 8 to 64 can be set, and none below or above")
  void minimumCanBeSet() {
    assertThat(codes(policy.withMinLength(64), "alice", "x".repeat(63)))
        .containsExactly("too_short");
    assertThat(codes(policy.withMinLength(64), "alice", "x".repeat(64))).isEmpty();
    assertThat(codes(PasswordPolicy.nist().withMinLength(8), "alice", "xq7zkw1v")).isEmpty();
    for (int length : new int[] {-1, 0, 7, 65}) {
      assertThatThrownBy(() -> policy.withMinLength(length))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("The minimum length of passwords must be 8 to 64, not " + length);
    }
  }

  @Test
  @DisplayName("PW-5, rows 26 and 33: at most 256 characters of any script, counted in NFC")
  void maximum() {
    for (String letter : new String[] {"x", FOX, "\u0436", "e\u0301"}) {
      assertThat(codes(letter.repeat(64))).isEmpty();
      assertThat(codes(letter.repeat(256))).isEmpty();
      assertThat(codes(letter.repeat(257))).containsExactly("too_long");
    }
    assertThat(codes("e\u0301".repeat(7))).containsExactly("too_short");
    assertThat(codes("e\u0301".repeat(8))).doesNotContain("too_short");
    assertThat(policy.faults("alice", Password.of("x".repeat(257)), HASHER).get(0).detail())
        .isEqualTo("The password must have at most 256 characters.");
  }

  @Test
  @DisplayName("PW-5: the limit of the host's own hasher holds as well")
  void maximumOfHasher() {
    CheapHasher cheap = CheapHasher.create();
    assertThat(policy.faults("alice", Password.of("x".repeat(72)), cheap)).isEmpty();
    assertThat(policy.faults("alice", Password.of("x".repeat(73)), cheap))
        .extracting(Fault::detail)
        .containsExactly("The password must have at most 72 bytes in UTF-8.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "        ",
        "aaaaaaaa",
        "zqzqzqzqzq",
        "\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9",
        "xqzjwvkp"
      })
  @DisplayName("PW-5, row 33: there are no composition rules, but for the list of common ones")
  void noComposition(String password) {
    assertThat(codes(password)).isSubsetOf("too_common");
    assertThat(codes(password + " \u20AC\u20AC")).isEmpty();
  }

  @Test
  @DisplayName("PW-1, row 29: NUL and lone surrogates are refused with a clear fault")
  void notText() {
    assertThat(policy.faults("alice", Password.of("xq7zkw1v\0"), HASHER))
        .containsExactly(
            new Fault(
                "password",
                "invalid_character",
                "The password must not contain the character NUL."));
    assertThat(policy.faults("alice", Password.of("xq7zkw1v\uD83E"), HASHER))
        .containsExactly(
            new Fault("password", "invalid_character", "The password is not valid Unicode text."));
  }

  @ParameterizedTest
  @CsvSource({
    "wonderlander, wonderlander",
    "wonderlander, WonderLander",
    "WONDERLANDER, wonderlander",
    "stra\u00DFenbahn, STRASSENBAHN",
    "\uFF41\uFF42cdefghij, abcdefghij",
    "caf\u00E9caf\u00E9, cafe\u0301cafe\u0301"
  })
  @DisplayName("PW-5, row 35: not equal to the username, as usernames are compared")
  void username(String username, String password) {
    assertThat(codes(policy, username, password)).contains("same_as_username");
    assertThat(codes(policy, username, password + "!")).isEmpty();
    assertThat(codes(policy, "bob", password)).doesNotContain("same_as_username");
  }

  @Test
  @DisplayName("PW-5: all faults are told together: short, common, the username")
  void together() {
    PasswordPolicy strict = PasswordPolicy.nist().withRule((u, p) -> fault("no", "No."));
    assertThat(codes(strict, "PASSWORD1", "password1"))
        .containsExactly("too_short", "same_as_username", "too_common", "no");
    assertThat(codes(strict, "alice", "short\0"))
        .containsExactly("too_short", "invalid_character", "no");
  }

  @Test
  @DisplayName("PW-5: all faults are told together: long, NUL, the username, the host's")
  void togetherWhenLong() {
    String name = "alice".repeat(52);
    assertThat(codes(policy.withRule((u, p) -> fault("no", "No.")), name, name))
        .containsExactly("too_long", "same_as_username", "no");
    assertThat(codes("x".repeat(256) + "\0")).containsExactly("too_long", "invalid_character");
  }

  private static Optional<Fault> fault(String code, String detail) {
    return Optional.of(new Fault("password", code, detail));
  }

  @Test
  @DisplayName("PW-5, row 35: the host's rules are asked in order, with name and password")
  void hostRules() {
    PasswordPolicy with =
        policy
            .withRule((u, p) -> p.reveal().contains(u) ? fault("has_name", "…") : Optional.empty())
            .withRule(
                (u, p) -> p.reveal().contains("acme") ? fault("firm", "…") : Optional.empty());
    assertThat(codes(with, "alice", "acme and alice")).containsExactly("has_name", "firm");
    assertThat(codes(with, "alice", "acme and bobby")).containsExactly("firm");
    assertThat(codes(with, "alice", "xq7zkw1v")).isEmpty();
    assertThat(codes("acme and alice")).as("the policy that it was made from").isEmpty();
    assertThat(codes(with.withMinLength(20), "alice", "acme and bobby"))
        .containsExactly("too_short", "firm");
    assertThatThrownBy(() -> policy.withRule(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  @DisplayName("PW-5, row 35: what a rule throws comes through, and no password passes")
  void hostRuleThrows() {
    RuntimeException thrown = new StoreUnavailableException("the list of leaked ones is away");
    PasswordPolicy with =
        policy.withRule(
            (u, p) -> {
              throw thrown;
            });
    assertThatThrownBy(() -> with.faults("alice", Password.of("xq7zkw1v"), HASHER))
        .isSameAs(thrown);
  }

  @Test
  @DisplayName("PW-6, row 105: no fault holds the password or the name")
  void faultsHideIt() {
    String text =
        policy.faults("Password1", Password.of("password1"), HASHER).toString()
            + policy.faults("alice", Password.of("hunter2"), HASHER)
            + policy.faults("alice", Password.of("hunter2 ".repeat(10)), HASHER);
    assertThat(text).doesNotContain("hunter2").doesNotContain("assword1");
  }
}
