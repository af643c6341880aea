package com.example.http;

import dev.sallyport.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Stands before a store or a hasher: what it does there can fail, or have company. */
final class Calls {
  volatile boolean down;
  private final AtomicReference<Consumer<String>> next = new AtomicReference<>(name -> {});

  /** Runs before the next call of a method, in its thread, and once. */
  void beforeNext(String method, Runnable company) {
    next.set(
        name -> {
          if (name.equals(method)) {
            next.set(any -> {});
            company.run();
          }
        });
  }

  /** From the next call of a method on, nothing works. */
  void fallAt(String method) {
    beforeNext(method, () -> down = true);
  }

  <T> T around(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              next.get().accept(method.getName());
              if (down) {
                throw new StoreUnavailableException("The store is down");
              }
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
