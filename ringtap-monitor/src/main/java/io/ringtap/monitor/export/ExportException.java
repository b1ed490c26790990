package io.ringtap.monitor.export;

/// What was asked for is not there. The message is one line.
public final class ExportException extends Exception {
  private static final long serialVersionUID = 1;

  /// @param message what, and what there is instead
  public ExportException(String message) {
    super(message);
  }
}
