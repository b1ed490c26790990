package io.ringtap.cli.capture;

import io.ringtap.packet.PacketHandler;

/// The packets' way into the file that `-w` names. When nothing more can be written, it ends the
/// source.
interface Recording extends AutoCloseable {
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
