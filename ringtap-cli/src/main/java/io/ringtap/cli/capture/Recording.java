package io.ringtap.cli.capture;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.packet.PacketHandler;
import java.io.IOException;

/// The packets' way into the file that `-w` names, or to a topic. When nothing more can be written,
/// it ends the source.
interface Recording extends AutoCloseable {
  /// Opens it for a source.
  @FunctionalInterface
  interface Opening {
    /// Opens it, before the source is started.
    ///
    /// @throws BadArgument if a file cannot be opened
    /// @throws IOException if it takes nothing
    Recording open(PacketInput input) throws BadArgument, IOException, InterruptedException;
  }

  /// The handler of one of the source's threads.
  PacketHandler handler(int thread);

  /// Has what was taken so far written as soon as possible. Any thread.
  void requestFlush();

  /// Packets that are in files.
  long written();

  /// Completes the file, once the source has ended, and prints why it could not be written.
  ///
  /// @return the exit code
  int end();

  /// Waits for what is still done with complete files. Where the run failed, it completes the file
  /// first.
  @Override
  void close();
}
