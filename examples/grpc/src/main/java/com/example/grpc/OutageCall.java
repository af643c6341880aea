package com.example.grpc;

import dev.sallyport.Refusal;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Problem;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;

/** Closes a call with UNAVAILABLE where its handler meets a store that can't answer. */
final class OutageCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private static final Problem OUTAGE =
      Problem.of(503, Refusal.BUSY.code(), "The service is temporarily unavailable.")
          .withRetryAfter(Duration.ofSeconds(5));

  private volatile boolean closed;

  OutageCall(ServerCall<Q, A> call) {
    super(call);
  }

  /** A handler that reports an exception instead of throwing it ends here with UNKNOWN. */
  @Override
  public void close(Status status, Metadata trailers) {
    closed = true;
    if (status.getCode() == Status.Code.UNKNOWN
        && status.getCause() instanceof StoreUnavailableException) {
      Refusals.close(delegate(), OUTAGE);
    } else {
      super.close(status, trailers);
    }
  }

  void fail(StoreUnavailableException thrown) {
    if (closed) {
      throw thrown;
    }
    closed = true;
    Refusals.close(delegate(), OUTAGE);
  }

  ServerCall.Listener<Q> watch(ServerCall.Listener<Q> listener) {
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        guarded(() -> super.onMessage(message));
      }

      @Override
      public void onHalfClose() {
        guarded(super::onHalfClose);
      }

      @Override
      public void onReady() {
        guarded(super::onReady);
      }
    };
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (StoreUnavailableException e) {
      fail(e);
    }
  }
}
