package com.example.eventloop;

import java.util.function.BooleanSupplier;

/**
 * What a host says of its response to one request.
 *
 * @param begun whether anything of it has been written
 * @param gone whether the client is no longer there
 */
public record NotedResponse(BooleanSupplier begun, BooleanSupplier gone) {
  boolean hasBegun() {
    return begun.getAsBoolean();
  }

  boolean isGone() {
    return gone.getAsBoolean();
  }
}
