package com.example.jwt;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The JDK's signatures, and how many of them were verified. */
final class CountingProvider extends Provider {
  private static final long serialVersionUID = 1L;

  /** How many signatures were checked. */
  final AtomicInteger verified = new AtomicInteger();

  /** How often an object was made ready to check some. */
  final AtomicInteger prepared = new AtomicInteger();

  /** What it throws in place of an answer, where {@link #faulty} says so. */
  volatile @Nullable RuntimeException fault;

  /** While it does what: {@code prepare}, {@code verify} or {@code sign}. */
  volatile String faulty = "";

  /** What happens once a signature was checked. */
  transient volatile Runnable afterwards = () -> {};

  private void fail(String during) {
    RuntimeException thrown = fault;
    if (thrown != null && faulty.equals(during)) {
      throw thrown;
    }
  }

  CountingProvider() {
    super("Counting", "1", "counts");
    for (String name : List.of("SHA256withRSA", "Ed25519", "SHA256withECDSAinP1363Format")) {
      putService(
          new Service(this, "Signature", name, Counting.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) {
              return new Counting(name);
            }
          });
    }
  }

  private final class Counting extends SignatureSpi {
    private final Signature jdk;

    Counting(String name) {
      try {
        jdk = Signature.getInstance(name);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      prepared.incrementAndGet();
      fail("prepare");
      jdk.initVerify(key);
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      jdk.initSign(key);
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
      jdk.update(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int from, int length) throws SignatureException {
      jdk.update(bytes, from, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      fail("sign");
      return jdk.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      verified.incrementAndGet();
      fail("verify");
      boolean right = jdk.verify(signature);
      afterwards.run();
      return right;
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec parameters)
        throws InvalidAlgorithmParameterException {
      jdk.setParameter(parameters);
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
