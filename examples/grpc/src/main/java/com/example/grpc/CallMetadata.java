package com.example.grpc;

import dev.sallyport.HeaderSource;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The metadata of a call as header fields. Binary entries are none: nothing asks for them. */
record CallMetadata(Metadata metadata) implements HeaderSource {
  @Override
  public List<String> values(String name) {
    if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
      return List.of();
    }
    Iterable<String> found =
        metadata.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    if (found == null) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    found.forEach(values::add);
    return values;
  }

  @Override
  public Collection<String> names() {
    return metadata.keys();
  }

  /** Omits the metadata, some of which is secret. */
  @Override
  public String toString() {
    return "CallMetadata[hidden]";
  }
}
