package dev.sallyport.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.Secret;
import dev.sallyport.http.JsonResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one open page is told, as server-sent events. Its key is known to that page alone, and is
 * worth something only as long as the stream is open. Safe for many threads.
 */
final class PageStream {
  private static final int MAX_WAITING = 256;
  private static final int HEARTBEAT_SECONDS = 10;
  private static final String HEARTBEAT = ":\n\n";
  private static final String END = "event: end\ndata: {}\n\n";

  private final Secret key;
  private final BlockingQueue<String> messages = new ArrayBlockingQueue<>(MAX_WAITING);
  private volatile boolean ended;

  PageStream(Secret key) {
    this.key = key;
  }

  /**
   * A request that a page has sent.
   *
   * @param page the page
   * @param number what the page calls it
   */
  record Request(PageStream page, int number) {}

  boolean hasKey(Secret presented) {
    return key.equals(presented);
  }

  /** Ends the stream if the page doesn't read what it is told. */
  void tell(String event, Map<String, ?> data) {
    if (!messages.offer(
        "event: " + event + "\ndata: " + JsonResponse.of(200, data).body() + "\n\n")) {
      end();
    }
  }

  void end() {
    ended = true;
    messages.clear();
    messages.offer(END);
  }

  /** Writes what there is to tell until the stream has ended or the page is gone. */
  void writeTo(OutputStream out) throws IOException, InterruptedException {
    @Nullable String message;
    do {
      message = messages.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
      out.write((message == null ? HEARTBEAT : message).getBytes(UTF_8));
      out.flush();
    } while (!END.equals(message) && !(ended && messages.isEmpty()));
  }
}
