package dev.sallyport.benchmarks.request;

import java.lang.reflect.Proxy;

/** What lies under a stub: a call that the stub doesn't answer itself fails, and is seen. */
final class Unexpected {
  private Unexpected() {}

  static <T> T of(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.toString());
            }));
  }
}
