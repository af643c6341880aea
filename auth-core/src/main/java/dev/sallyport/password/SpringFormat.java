package dev.sallyport.password;

/** bcrypt behind the tag of Spring Security's delegating encoder. */
final class SpringFormat implements PasswordFormat {
  private static final String TAG = "{bcrypt}";

  @Override
  public boolean recognises(String stored) {
    return stored.startsWith(TAG) && BcryptHasher.isPlain(stored.substring(TAG.length()));
  }

  @Override
  public boolean accepts(Password password) {
    return BcryptHasher.acceptsPlain(password);
  }

  @Override
  public boolean verify(Password password, String stored) {
    return BcryptHasher.verifyPlain(password, stored.substring(TAG.length()));
  }

  @Override
  public long work(String stored) {
    return BcryptHasher.workOf(stored.substring(TAG.length()));
  }
}
