package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.VerificationKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CertificateTest {
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBdDCCARugAwIBAgIUDT51JOsIscYuNiey15xNeiEJFAAwCgYIKoZIzj0EAwIw
      DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjEyMDEyMDhaGA8yMTI2MTAyODIwMTIw
      OFowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDtG
      I+urbImRB685di1o4sQJv99f5NBNLRbS2jMfxIDzZ9HaJjvtgOK0bf9c/Kwh0Ac8
      VHF24O4sjcKk0kvjlAyjUzBRMB0GA1UdDgQWBBTP7jNZNdinOhA3/EUzSA9fM+Xh
      MDAfBgNVHSMEGDAWgBTP7jNZNdinOhA3/EUzSA9fM+XhMDAPBgNVHRMBAf8EBTAD
      AQH/MAoGCCqGSM49BAMCA0cAMEQCIBt/dKZTXCSmBxIIbpH7ZRtuXl4yNcPmCjtm
      9Cceh2OQAiAaZCE/UT3leZdBGa79fSY7RGuBnFQcSObO1Bz+xzlzmA==
      -----END CERTIFICATE-----
      """;

  /** The key in the certificate, as `openssl x509 -pubkey` writes it. */
  private static final String CERTIFIED =
      """
      -----BEGIN PUBLIC KEY-----
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEO0Yj66tsiZEHrzl2LWjixAm/31/k
      0E0tFtLaMx/EgPNn0domO+2A4rRt/1z8rCHQBzxUcXbg7iyNwqTSS+OUDA==
      -----END PUBLIC KEY-----
      """;

  private static final String CLOSED = Pem.privatePem(Pairs.key(JwsAlgorithm.ES256));
  private static final String OPEN = Pem.publicPem(Pairs.key(JwsAlgorithm.ES256).verificationKey());

  private static String labelled(String label, String pem) {
    return pem.replaceAll("PRIVATE KEY|PUBLIC KEY", label);
  }

  private static void assertNotSigning(String pem, String what) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.signingKey(JwsAlgorithm.ES256, pem))
        .withMessageContaining(what)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(CLOSED.substring(40, 60)));
  }

  private static void assertNotVerifying(String pem, String what) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.verificationKey(JwsAlgorithm.ES256, pem))
        .withMessageContaining(what);
  }

  @Test
  @DisplayName("JW-5 the key of a certificate is its key, for its own algorithm alone")
  void certificate() {
    VerificationKey key = Pem.verificationKey(JwsAlgorithm.ES256, CERTIFICATE);
    assertThat(Pem.publicPem(key)).isEqualTo(CERTIFIED);
    for (JwsAlgorithm other :
        new JwsAlgorithm[] {JwsAlgorithm.ES384, JwsAlgorithm.RS256, JwsAlgorithm.EDDSA}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Pem.verificationKey(other, CERTIFICATE));
    }
    assertNotSigning(CERTIFICATE, "not a CERTIFICATE");
    assertNotVerifying(labelled("CERTIFICATE", OPEN), "no key for ES256");
  }
}
