package dev.sallyport.demo;

import dev.sallyport.site.BadSettingException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The threads that requests run on. */
enum Threads {
  PLATFORM,
  VIRTUAL;

  static Threads of(@Nullable String name) throws BadSettingException {
    if (name == null || name.equals("platform")) {
      return PLATFORM;
    }
    if (name.equals("virtual")) {
      return VIRTUAL;
    }
    throw new BadSettingException("THREADS must be 'platform', 'virtual' or unset");
  }

  ExecutorService start() throws BadSettingException {
    return this == VIRTUAL ? virtual() : Executors.newCachedThreadPool();
  }

  /** By reflection, since JDK 17 has no such method. */
  private static ExecutorService virtual() throws BadSettingException {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new BadSettingException("THREADS: this Java runtime has no virtual threads");
    }
  }
}
