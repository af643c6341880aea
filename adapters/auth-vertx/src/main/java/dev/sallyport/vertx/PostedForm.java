package dev.sallyport.vertx;

import dev.sallyport.FormSource;
import dev.sallyport.http.FormFields;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form that is read only after somebody has asked for it. The thread of a lane that asks first
 * can't wait for a client: that check ends, and another is made when the form is there.
 */
final class PostedForm implements FormSource {
  private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final Pattern TYPE =
      Pattern.compile("application/x-www-form-urlencoded[ \\t]*(;.*)?", Pattern.CASE_INSENSITIVE);

  private volatile @Nullable Map<String, List<String>> fields;

  @Override
  public List<String> values(String name) {
    Map<String, List<String>> read = fields;
    if (read == null) {
      throw new WantedException();
    }
    return read.getOrDefault(name, List.of());
  }

  /** Takes a body that somebody else has read. */
  void take(HttpServerRequest request, byte[] body) {
    fields = isForm(request) ? parse(body) : Map.of();
  }

  /** Reads the beginning of the body, if it is a form that can be given back. */
  void read(RoutingContext ctx, Runnable next) {
    HttpServerRequest request = ctx.request();
    FormLook look = new FormLook();
    fields = Map.of();
    if (!request.isEnded() && isForm(request)) {
      request.handler(look);
      if (look.isHeard()) {
        EndpointBody.sendContinue(ctx);
        look.begin()
            .onComplete(
                begin -> {
                  fields = begin.succeeded() ? parse(begin.result().getBytes()) : Map.of();
                  request.resume(); // later, when its reader has set its handlers
                  goOn(ctx, next);
                });
        return;
      }
      request.handler(null);
    }
    next.run();
  }

  private static void goOn(RoutingContext ctx, Runnable next) {
    try {
      next.run();
    } catch (RuntimeException | Error e) {
      ctx.fail(e); // nobody else catches anything here
    }
  }

  private static Map<String, List<String>> parse(byte[] begin) {
    int length = Math.min(begin.length, FormLook.MAX_BYTES);
    return FormFields.parse(new String(begin, 0, length, StandardCharsets.ISO_8859_1));
  }

  private static boolean isForm(HttpServerRequest request) {
    List<String> types = request.headers().getAll("Content-Type");
    return types.size() == 1
        && TYPE.matcher(types.get(0)).matches()
        && METHODS.contains(request.method().name());
  }

  /** Ends a check that has come to the form; a handler that asks gets to see the message. */
  static final class WantedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    WantedException() {
      super(
          "The guard has not read this form: behind a BodyHandler, ask"
              + " ctx.request().formAttributes()");
    }
  }
}
