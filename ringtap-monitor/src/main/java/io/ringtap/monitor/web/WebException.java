package io.ringtap.monitor.web;

import java.io.IOException;

/// A request that is not answered as it wants: a status and one line for the client.
public final class WebException extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  /// A refusal.
  ///
  /// @param status 400 to 599
  /// @param line what is wrong and what would be right, without a line feed
  public WebException(int status, String line) {
    super(line);
    this.status = status;
  }

  /// The request is not as it must be: status 400.
  public static WebException badRequest(String line) {
    return new WebException(400, line);
  }

  /// There is no such thing: status 404.
  public static WebException notFound(String line) {
    return new WebException(404, line);
  }

  /// The HTTP status.
  public int status() {
    return status;
  }
}
