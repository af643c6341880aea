package com.example.micronaut;

import dev.sallyport.HeaderSource;
import io.micronaut.http.HttpRequest;
import java.util.Collection;
import java.util.List;

/** The header fields of a request, without copying them. */
record Fields(HttpRequest<?> host) implements HeaderSource {
  @Override
  public List<String> values(String name) {
    return host.getHeaders().getAll(name);
  }

  @Override
  public Collection<String> names() {
    return host.getHeaders().names();
  }

  /** Omits the fields, some of which are secret. */
  @Override
  public String toString() {
    return "Fields[hidden]";
  }
}
