package io.ringtap.capture;

import io.ringtap.packet.FrameInterface;
import io.ringtap.packet.PacketHandler;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;

/// Where frames come from, live or from a file: what takes them from one takes them from the other.
///
/// ```java
/// try (FrameSource source = SavefileCapture.open(Path.of("x.pcapng"), null)) {
///   source.start(frame -> count(frame.origlen()));
///   source.await();
/// }
/// ```
///
/// Handlers are called on threads of the source's own. Any thread may call any method.
public sealed interface FrameSource extends AutoCloseable permits Capture, SavefileCapture {
  /// The interfaces, as [io.ringtap.packet.Frame#interfaceId] counts them. Those of a file may
  /// become more while it is read.
  List<? extends FrameInterface> interfaces();

  /// Starts the threads.
  ///
  /// @param handlers the handler of each thread, by its number from 0
  /// @param listener is called when something happens to the interfaces; never for those of a file
  /// @throws IOException a [io.ringtap.error.LinuxException] if the process is out of descriptors
  /// @throws IllegalStateException if they were started before, or this is closed
  void start(IntFunction<PacketHandler> handlers, CaptureListener listener) throws IOException;

  /// Starts the thread of a source that has one.
  ///
  /// @throws IOException a [io.ringtap.error.LinuxException] if the process is out of descriptors
  /// @throws IllegalStateException if there are several threads, which need a handler each; or if
  ///   the source was started before, or is closed
  void start(PacketHandler handler) throws IOException;

  /// Waits until all threads have ended.
  ///
  /// @throws IOException as reading failed; of a file also a
  ///   [MalformedSavefile][io.ringtap.savefile.MalformedSavefile], after all whole packets before
  ///   the damage were shown
  /// @throws InterruptedException if the calling thread is interrupted; the source goes on
  /// @throws IllegalStateException with its cause, if a handler threw; or if a handler calls it
  void await() throws IOException, InterruptedException;

  /// Takes no further packet, shows those that have been taken, and lets the threads end. Returns
  /// at once; may be called by a handler.
  void stop();

  /// Lets the threads end without showing a further packet. Returns at once; may be called by a
  /// handler, whose thread is shown none at all then.
  void abort();

  /// What became of the packets so far. Reading it does not disturb the threads.
  ///
  /// @throws IOException a [io.ringtap.error.LinuxException] if the interfaces cannot be asked
  CaptureCounters counters() throws IOException;

  /// Ends the threads as [#abort] does, waits for the handlers under way, and gives everything
  /// back. Closing again is harmless. A handler calls [#abort] instead.
  ///
  /// @throws IOException if closing a file fails
  /// @throws IllegalStateException if a handler calls it
  @Override
  void close() throws IOException;
}
