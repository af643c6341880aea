package com.example.scheme;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.Setting;
import dev.sallyport.scheme.StoreProvider;
import dev.sallyport.store.TokenStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores that settings name by {@code auth.shed.place}; some of them can't be opened. */
public final class ShedStores implements StoreProvider {
  static final TokenStore TOKENS = TokenStore.inMemory();
  static final ThrottleStore COUNTS = ThrottleStore.inMemory();

  /** How often they were opened and not yet closed. */
  static final AtomicInteger OPEN = new AtomicInteger();

  private static final Setting<String> PLACE =
      Setting.text("place", "", "a word", "Where it stands.", word -> word.matches("[a-z]*"))
          .secret();

  @Override
  public String name() {
    return "shed";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(PLACE);
  }

  @Override
  public Optional<Opened> open(SchemeContext context) {
    switch (context.get(PLACE)) {
      case "" -> {
        return Optional.empty();
      }
      case "odd" -> throw new IllegalArgumentException("It contradicts itself");
      case "wet" -> throw new IllegalStateException("It is wet");
      case "far" -> throw new StoreUnavailableException("It can't be reached");
      default -> {
        OPEN.incrementAndGet();
        return Optional.of(new Opened(TOKENS, COUNTS, OPEN::decrementAndGet));
      }
    }
  }
}
