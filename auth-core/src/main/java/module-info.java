/**
 * The core of Sallyport: requests, results, the chain of authenticators, the guard, passwords,
 * accounts and the store interfaces.
 *
 * <p>The bcrypt library is an automatic module, so an application that uses this module can't be
 * linked by {@code jlink}.
 */
@SuppressWarnings("requires-automatic")
@org.jspecify.annotations.NullMarked
module dev.sallyport.core {
  requires static org.jspecify;
  requires org.slf4j;
  requires bcrypt;

  exports dev.sallyport;
  exports dev.sallyport.account;
  exports dev.sallyport.counts;
  exports dev.sallyport.event;
  exports dev.sallyport.guard;
  exports dev.sallyport.lane;
  exports dev.sallyport.credential;
  exports dev.sallyport.password;
  exports dev.sallyport.scheme;
  exports dev.sallyport.store;
  exports dev.sallyport.throttle;

  uses dev.sallyport.scheme.SchemeProvider;
  uses dev.sallyport.scheme.StoreProvider;
}
