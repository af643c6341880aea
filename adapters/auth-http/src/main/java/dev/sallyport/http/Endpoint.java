package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import java.io.IOException;
import java.io.InputStream;

/** Answers one method of one path. */
interface Endpoint {
  AuthResponse answer(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException;
}
