package com.example.token;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.store.TokenStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A store that writes down what is asked, can be down for one operation, and lets others in before
 * one. The look-up together with the user is written down as {@code find+user}.
 */
final class WatchedTokens implements InvocationHandler {
  final TokenStore store =
      (TokenStore)
          Proxy.newProxyInstance(
              TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, this);

  private final TokenStore inner = TokenStore.inMemory();
  private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final Set<String> down = ConcurrentHashMap.newKeySet();

  /** Runs once, before the next operation of that name. */
  void before(String operation, Runnable meanwhile) {
    before.put(operation, meanwhile);
  }

  void down(String operation) {
    down.add(operation);
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  void forget() {
    calls.clear();
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    boolean withUser = method.getName().equals("find") && arguments.length == 4;
    String operation = withUser ? "find+user" : method.getName();
    Runnable meanwhile = before.remove(operation);
    if (meanwhile != null) {
      meanwhile.run();
    }
    calls.add(operation);
    if (down.contains(operation)) {
      throw new StoreUnavailableException(operation + " is down");
    }
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
