package com.example.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Another server than Reactor Netty, whose classes a host may not even have. */
class OtherServerTest {
  private static final List<String> ANSWERS =
      List.of(
          "200 who=alice handler=ran before=[kept]",
          "403 who=null handler=null before=[kept]", // credentials over plain HTTP
          "401 who=null handler=null before=[kept]",
          "500 who=null handler=null before=[kept]");

  @Test
  @DisplayName("AD-9 another server than Reactor Netty serves WebFlux as well")
  void besideNetty() {
    assertThat(new OtherServer().call()).isEqualTo(ANSWERS);
  }

  @Test
  @DisplayName("AD-9 the adapter for WebFlux works without a class of Netty")
  void withoutNetty() throws Exception {
    Thread here = Thread.currentThread();
    ClassLoader own = here.getContextClassLoader();
    try (URLClassLoader loader = new WithoutNetty()) {
      here.setContextClassLoader(loader); // by which schemes are found
      Object server = loader.loadClass(OtherServer.class.getName()).getConstructor().newInstance();
      assertThat(server).isNotInstanceOf(OtherServer.class);
      assertThat(((Callable<?>) server).call()).isEqualTo(ANSWERS);
    } finally {
      here.setContextClassLoader(own);
    }
  }

  private static final class WithoutNetty extends URLClassLoader {
    WithoutNetty() throws MalformedURLException {
      super(urls(), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] urls() throws MalformedURLException {
      List<URL> urls = new ArrayList<>();
      for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        urls.add(Path.of(path).toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("io.netty.") || name.startsWith("reactor.netty.")) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }
  }
}
