package com.example.fuzz;

import dev.sallyport.testkit.FuzzReplay;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the fuzzer starts from, and what it has found. */
class ReplayTest {
  @TestFactory
  Stream<DynamicTest> replays() {
    return FuzzReplay.of(
        ClaimPathFuzz.class,
        DiscoveryFuzz.class,
        DpopFuzz.class,
        IntrospectionFuzz.class,
        IssuerFuzz.class,
        JwsFuzz.class,
        JwkFuzz.class,
        JwkSetFuzz.class,
        JwtFuzz.class,
        KeyFileFuzz.class,
        PemFuzz.class,
        TrustedSettingsFuzz.class);
  }
}
