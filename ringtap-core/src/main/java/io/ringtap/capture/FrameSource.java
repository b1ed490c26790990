package io.ringtap.capture;

import io.ringtap.packet.FrameInterface;
import io.ringtap.packet.PacketHandler;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;

/// A source of frames, live or from a file. Code that takes frames from one can take them from the
/// other.
///
/// ```java
/// try (FrameSource source = SavefileCapture.open(Path.of("x.pcapng"), null)) {
///   source.start(frame -> count(frame.origlen()));
///   source.await();
/// }
/// ```
///
/// Handlers are called on the source's own threads. Any thread may call any method.
public sealed interface FrameSource extends AutoCloseable permits Capture, SavefileCapture {
  /// The interfaces; [io.ringtap.packet.Frame#interfaceId] is an index into this list. The list of
  /// a file may grow while it is read.
  List<? extends FrameInterface> interfaces();

  /// Starts the threads.
  ///
  /// @param handlers the handler of each thread, by its number from 0
  /// @param listener called when an interface changes; never for a file
  /// @throws IllegalStateException if they were started before, or the source is closed
  void start(IntFunction<PacketHandler> handlers, CaptureListener listener);

  /// Starts a source that has only one thread.
  ///
  /// @throws IllegalStateException if there are several threads, which need a handler each; or if
  ///   the source was started before, or is closed
  void start(PacketHandler handler);

  /// Waits until all threads have ended.
  ///
  /// @throws IOException if reading failed; for a damaged file a
  ///   [MalformedSavefile][io.ringtap.savefile.MalformedSavefile], after all complete packets
  ///   before the damage were shown
  /// @throws InterruptedException if the calling thread is interrupted; the source goes on
  /// @throws IllegalStateException with its cause, if a handler threw; or if a handler calls it
  void await() throws IOException, InterruptedException;

  /// Stops taking packets, shows those that have arrived, and lets the threads end. Returns at
  /// once; a handler may call it.
  void stop();

  /// Lets the threads end without showing more packets. Returns at once; a handler may call it, and
  /// is not called again on its thread.
  void abort();

  /// Counters of the packets so far. Reading them does not disturb the threads.
  ///
  /// @throws IOException a [io.ringtap.error.LinuxException] if the interfaces cannot be asked
  CaptureCounters counters() throws IOException;

  /// Ends the threads like [#abort], waits for running handlers, and releases everything. Closing
  /// again has no effect. A handler must call [#abort] instead.
  ///
  /// @throws IOException if closing a file fails
  /// @throws IllegalStateException if a handler calls it
  @Override
  void close() throws IOException;
}
