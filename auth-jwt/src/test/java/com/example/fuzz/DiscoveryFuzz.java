package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.jwt.FakeWeb;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;

/**
 * The input is the metadata of an issuer: its keys are fetched from the https URL that it names, or
 * it is an outage and nothing is fetched.
 */
public final class DiscoveryFuzz {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ISSUER = "https://idp.example";
  private static final String METADATA = ISSUER + "/.well-known/openid-configuration";
  private static final String KEYS = ISSUER + "/keys";
  private static final SettableClock CLOCK = SettableClock.create();
  private static final AuthEnvironment ENVIRONMENT =
      AuthEnvironment.standard().withClock(CLOCK).withListener(event -> {});
  private static final SigningKey KEY = SigningKey.generate(JwsAlgorithm.RS256, new SecureRandom());
  private static final byte[] SET =
      JwkSet.publicJwkSet(List.of(KEY.verificationKey())).getBytes(StandardCharsets.UTF_8);
  private static final String TOKEN = token();

  private DiscoveryFuzz() {}

  private static String token() {
    String claims =
        "{\"iss\":\"%s\",\"sub\":\"a\",\"aud\":\"notes\",\"exp\":%d}"
            .formatted(ISSUER, CLOCK.instant().getEpochSecond() + 60);
    return JwsSigner.of(KEY).withType("at+jwt").sign(claims.getBytes(StandardCharsets.UTF_8));
  }

  /** Metadata. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    FakeWeb web = new FakeWeb();
    web.put(METADATA, input);
    web.put(KEYS, SET);
    RemoteKeySet keys = RemoteKeySet.discovering(ENVIRONMENT, ISSUER).client(web).build();
    JwtVerifier verifier = JwtVerifier.of(ISSUER, "notes", keys);
    try {
      assertThat(verifier.verify(TOKEN)).isInstanceOf(VerifiedJwt.class);
      assertThat(web.asked()).containsExactly(METADATA, KEYS);
    } catch (StoreUnavailableException e) {
      assertThat(web.asked()).hasSizeBetween(1, 2).startsWith(METADATA).doesNotContain(KEYS);
    }
    if (web.asked().size() == 2) {
      JsonNode document = JSON.readTree(input);
      assertThat(document.get("issuer").textValue()).isEqualTo(ISSUER);
      String named = document.get("jwks_uri").textValue();
      assertThat(web.asked().get(1)).isEqualTo(named);
      assertThat(URI.create(named))
          .returns("https", uri -> uri.getScheme().toLowerCase(Locale.ROOT))
          .returns(null, URI::getRawUserInfo)
          .doesNotReturn(null, URI::getHost);
    }
  }
}
