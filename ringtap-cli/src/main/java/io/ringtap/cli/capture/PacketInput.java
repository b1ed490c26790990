package io.ringtap.cli.capture;

import io.ringtap.capture.CaptureListener;
import io.ringtap.capture.FrameSource;
import io.ringtap.cli.capture.Report.Totals;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.packet.Frame;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Where packets come from, opened, with what a run says and does differently for interfaces and
/// for files.
interface PacketInput extends CaptureListener, AutoCloseable {
  FrameSource source();

  /// Prints what packets are taken from, before they are.
  void announce();

  /// Begins what goes on beside the source, which has started.
  default void onStarted() {}

  /// Opens the file that packets are written to.
  ///
  /// @throws BadArgument if it cannot be opened
  /// @throws IOException if it takes nothing
  Recording record(FileArguments.Plan plan) throws BadArgument, IOException, InterruptedException;

  /// The name of the interface with the kernel's number `index`; null where it is not known. Any
  /// thread.
  @Nullable String nameOf(int index);

  /// The name of the interface that a packet came by; null where it is not known. For the handler
  /// that is shown the packet.
  @Nullable String nameOf(Frame packet);

  /// Why the source ended before it was to; null if nothing went wrong.
  @Nullable String earlyEnd();

  /// Prints what the counts are while the run goes on.
  ///
  /// @param totals of interfaces; a file counts what was read and what was shown of it
  void interim(TextReport report, Totals totals);

  /// Prints the counts at the end.
  ///
  /// @param wasStopped whether a signal ended the run
  void summarize(Report report, Totals totals, boolean wasStopped);

  @Override
  void close() throws IOException;
}
