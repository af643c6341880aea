package dev.sallyport.jwt;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.fetch.IssuerUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** What an {@link IssuerFinder} has answered. Safe for many threads. */
final class FoundIssuers {
  private static final Duration MAX_REFUSED_FOR = Duration.ofSeconds(30);
  private static final int MAX_REFUSED = 1_000;
  private static final int MAX_STRANGERS = 16;
  private static final int MAX_TENANTS = 64;
  private static final int MAX_RENEWALS = 16;
  private static final Answer NOBODY = new Answer(null, null, Instant.EPOCH);

  private final IssuerFinder finder;
  private final Presentation presentation;
  private final Duration refusedFor;
  private final Duration freshFor;
  private final Map<String, Answer> trusted = new ConcurrentHashMap<>();
  private final Map<String, Answer> refused = new ConcurrentHashMap<>();
  private final Map<String, FutureTask<Answer>> asking = new ConcurrentHashMap<>();
  private final Semaphore strangers = new Semaphore(MAX_STRANGERS);
  private final Semaphore tenants = new Semaphore(MAX_TENANTS);
  private final Semaphore renewals = new Semaphore(MAX_RENEWALS);

  /** An issuer, or that it is not trusted, as of the time at which the question was asked. */
  record Answer(@Nullable TrustedIssuer issuer, @Nullable Identity identity, Instant at) {
    /** After a clock was set back, nothing counts as recent. */
    private boolean isRecent(Instant now, Duration keptFor) {
      return !now.isBefore(at) && now.isBefore(at.plus(keptFor));
    }
  }

  FoundIssuers(IssuerFinder finder, Presentation presentation) {
    this.finder = finder;
    this.presentation = presentation;
    this.refusedFor =
        finder.keptFor().compareTo(MAX_REFUSED_FOR) < 0 ? finder.keptFor() : MAX_REFUSED_FOR;
    this.freshFor = finder.keptFor().dividedBy(5).multipliedBy(4);
  }

  /** Finds an issuer. */
  Answer find(String name) {
    Instant now = finder.environment().now();
    Answer known = recent(name, now);
    if (known != null) {
      return isDue(known, now) ? renewed(name, known) : known;
    }
    if (!IssuerUrl.is(name)) {
      return NOBODY;
    }
    Semaphore places = trusted.containsKey(name) ? tenants : strangers;
    if (!places.tryAcquire()) {
      throw new StoreUnavailableException(
          "Too many threads are already waiting to hear whether an issuer is trusted");
    }
    try {
      return ask(name);
    } finally {
      places.release();
    }
  }

  /** Whether the last fifth of the time for which a trusted issuer is remembered has begun. */
  private boolean isDue(Answer known, Instant now) {
    return known.issuer != null && !known.isRecent(now, freshFor);
  }

  /**
   * One thread asks while the answer still holds, and the others go on with it: anybody can name an
   * issuer, and have them all wait otherwise.
   */
  private Answer renewed(String name, Answer known) {
    if (asking.containsKey(name) || !renewals.tryAcquire()) {
      return known;
    }
    try {
      FutureTask<Answer> mine = new FutureTask<>(() -> asked(name));
      if (asking.putIfAbsent(name, mine) != null) {
        return known;
      }
      run(name, mine);
      return result(mine);
    } catch (RuntimeException e) {
      return known; // once its time is over, the fault is the caller's
    } finally {
      renewals.release();
    }
  }

  private void run(String name, FutureTask<Answer> mine) {
    try {
      mine.run();
    } finally {
      asking.remove(name, mine);
    }
  }

  private @Nullable Answer recent(String name, Instant now) {
    Answer known = trusted.get(name);
    if (known != null && known.isRecent(now, finder.keptFor())) {
      return known;
    }
    known = refused.get(name);
    return known != null && known.isRecent(now, refusedFor) ? known : null;
  }

  private Answer ask(String name) {
    FutureTask<Answer> mine = new FutureTask<>(() -> asked(name));
    FutureTask<Answer> first = asking.putIfAbsent(name, mine);
    if (first == null) {
      run(name, mine);
    }
    return result(first == null ? mine : first);
  }

  private static Answer result(FutureTask<Answer> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("The function that finds issuers failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while an issuer was looked up", e);
    }
  }

  private Answer asked(String name) {
    Instant now = finder.environment().now();
    Answer before = recent(name, now);
    if (before != null && !isDue(before, now)) {
      return before; // another thread has asked since this one looked
    }
    Answer former = trusted.get(name);
    TrustedIssuer issuer = finder.find(name).orElse(null);
    if (issuer == null) {
      trusted.remove(name);
      Answer answer = new Answer(null, null, now);
      keep(refused, MAX_REFUSED, name, answer);
      return answer;
    }
    refused.remove(name);
    Identity identity =
        former != null && former.issuer == issuer ? former.identity : presentation.identity(issuer);
    Answer answer = new Answer(issuer, identity, now);
    keep(trusted, finder.maxIssuers(), name, answer);
    return answer;
  }

  /** Looks through all when there are too many, which costs less than the question did. */
  private static void keep(Map<String, Answer> answers, int max, String name, Answer answer) {
    answers.put(name, answer);
    if (answers.size() > max) {
      answers.entrySet().stream()
          .filter(entry -> !entry.getKey().equals(name))
          .min(Comparator.comparing(entry -> entry.getValue().at))
          .ifPresent(oldest -> answers.remove(oldest.getKey(), oldest.getValue()));
    }
  }
}
