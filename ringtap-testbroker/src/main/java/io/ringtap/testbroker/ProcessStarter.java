package io.ringtap.testbroker;

import java.io.IOException;

/// Starts a process where a test wants it: in a network namespace with `builder ->
/// namespace.call(builder::start)`.
@FunctionalInterface
public interface ProcessStarter {
  /// Starts the process.
  ///
  /// @throws IOException if it cannot be started
  Process start(ProcessBuilder builder) throws IOException;
}
