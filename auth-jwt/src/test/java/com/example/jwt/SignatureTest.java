package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.math.BigInteger;
import java.security.Provider;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile signatures, each before a good one, by the JDK and by another provider. */
class SignatureTest {
  private static final Provider CASTLE = new BouncyCastleProvider();
  private static final BigInteger ED_ORDER =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

  static Stream<Arguments> all() {
    return Pairs.algorithms()
        .flatMap(one -> Stream.of(Arguments.of(one, false), Arguments.of(one, true)));
  }

  private static VerificationKey key(JwsAlgorithm algorithm, boolean castle) {
    VerificationKey key = Pairs.key(algorithm).verificationKey();
    return castle ? key.withProvider(CASTLE) : key;
  }

  /** Big-endian, so long. */
  private static byte[] bytes(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[length];
    int from = Math.max(0, bytes.length - length);
    System.arraycopy(bytes, from, padded, length - (bytes.length - from), bytes.length - from);
    return padded;
  }

  private static byte[] joined(byte[] left, byte[] right) {
    byte[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static Map<String, byte[]> hostile(JwsAlgorithm algorithm, byte[] good) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    byte[] ones = new byte[good.length];
    Arrays.fill(ones, (byte) 0xFF);
    all.put("zeros", new byte[good.length]);
    all.put("ones", ones);
    all.put("one byte", new byte[] {1});
    all.put("cut", Arrays.copyOf(good, good.length - 1));
    all.put("a zero behind", Arrays.copyOf(good, good.length + 1));
    all.put("a zero before", joined(new byte[1], good));
    all.put("twice", joined(good, good));
    all.put("half", Arrays.copyOf(good, good.length / 2));
    all.put("reversed", reversed(good));
    for (int i = 0; i < good.length; i += 7) {
      byte[] flipped = good.clone();
      flipped[i] ^= 0x10;
      all.put("flipped at " + i, flipped);
    }
    byte[] left = Arrays.copyOf(good, good.length / 2);
    byte[] right = Arrays.copyOfRange(good, good.length / 2, good.length);
    if (algorithm.name().startsWith("ES")) {
      int length = left.length;
      BigInteger n = ((ECPublicKey) Pairs.of(algorithm).getPublic()).getParams().getOrder();
      byte[] order = bytes(n, length);
      all.put("r = 0", joined(new byte[length], right));
      all.put("s = 0", joined(left, new byte[length]));
      all.put("r = n", joined(order, right));
      all.put("s = n", joined(left, order));
      all.put("r = s = n", joined(order, order));
      all.put("r = 1, s = n", joined(bytes(BigInteger.ONE, length), order));
      BigInteger s = new BigInteger(1, right);
      if (s.add(n).bitLength() <= 8 * length) {
        all.put("s + n", joined(left, bytes(s.add(n), length)));
      }
      all.put("DER", der(left, right));
    } else if (algorithm.name().startsWith("ED")) {
      BigInteger s = new BigInteger(1, reversed(right));
      all.put("S + L", joined(left, reversed(bytes(s.add(ED_ORDER), 32))));
      all.put("S = L", joined(left, reversed(bytes(ED_ORDER, 32))));
      all.put("R is no point", joined(reversed(bytes(BigInteger.TWO, 32)), right));
      all.put("R = 0", joined(new byte[32], right));
      all.put("R = S = 0 but one", joined(bytes(BigInteger.ONE.shiftLeft(248), 32), new byte[32]));
    }
    return all;
  }

  private static byte[] der(byte[] r, byte[] s) {
    byte[] first = new BigInteger(1, r).toByteArray();
    byte[] second = new BigInteger(1, s).toByteArray();
    byte[] body =
        joined(
            joined(new byte[] {2, (byte) first.length}, first),
            joined(new byte[] {2, (byte) second.length}, second));
    byte[] head =
        body.length < 128
            ? new byte[] {0x30, (byte) body.length}
            : new byte[] {0x30, (byte) 0x81, (byte) body.length};
    return joined(head, body);
  }

  @ParameterizedTest(name = "{0}, by Bouncy Castle: {1}")
  @MethodSource("all")
  @DisplayName("JW-1 CVE-2022-21449: a hostile signature is refused, and the next good one taken")
  void hostileThenGood(JwsAlgorithm algorithm, boolean castle) {
    JwtVerifier verifier =
        Forge.builder(VerificationKeys.of(key(algorithm, castle))).rememberNone().build();
    List<String> good = new ArrayList<>();
    SigningKey signing = Pairs.key(algorithm);
    for (String user : List.of("\"alice\"", "\"bob\"")) {
      good.add(Pairs.token(signing, "sub", user));
    }
    String token = good.get(0);
    String signed = token.substring(0, token.lastIndexOf('.') + 1);
    hostile(algorithm, Forge.bytes(token.substring(signed.length())))
        .forEach(
            (what, signature) -> {
              assertThat(refusal(verifier.verify(signed + Forge.base64(signature))))
                  .as(what)
                  .isEqualTo(JwtRefusal.BAD_SIGNATURE);
              for (String one : good) {
                assertThat(verifier.verify(one))
                    .as("after " + what)
                    .isInstanceOf(VerifiedJwt.class);
              }
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "ES384", "ES512"})
  @DisplayName("JW-9 (r, n - s) is a signature too, so that nothing may hang on a token's text")
  void malleable(JwsAlgorithm algorithm) {
    JwtVerifier verifier = Forge.builder(VerificationKeys.of(key(algorithm, false))).build();
    String token = Pairs.token(Pairs.key(algorithm), "jti", "\"7\"");
    int dot = token.lastIndexOf('.');
    byte[] good = Forge.bytes(token.substring(dot + 1));
    int half = good.length / 2;
    BigInteger n = ((ECPublicKey) Pairs.of(algorithm).getPublic()).getParams().getOrder();
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(good, half, good.length));
    byte[] other = joined(Arrays.copyOf(good, half), bytes(n.subtract(s), half));
    VerifiedJwt first = (VerifiedJwt) verifier.verify(token);
    VerifiedJwt second =
        (VerifiedJwt) verifier.verify(token.substring(0, dot + 1) + Forge.base64(other));
    assertThat(second.id()).isEqualTo(first.id()).contains("7");
  }
}
