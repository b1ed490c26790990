package io.ringtap.monitor.web;

import java.io.IOException;

/// Answers the requests of a route.
@FunctionalInterface
public interface WebHandler {
  /// Answers a request. It runs on a virtual thread of its own, so it may wait; it is interrupted
  /// when the client does not take the answer in time and when the server closes.
  ///
  /// @throws WebException to answer with its status and its line
  /// @throws IOException if the client has gone, which is nothing to tell anybody
  /// @throws InterruptedException if it was interrupted, as above
  void handle(WebExchange exchange) throws IOException, InterruptedException;
}
