package io.ringtap.cli.capture;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.SavefileCapture;
import io.ringtap.cli.capture.CapturePlan.Input;
import io.ringtap.cli.capture.Report.Totals;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.cli.source.CaptureOpening;
import io.ringtap.device.InterfaceEvent;
import io.ringtap.packet.Frame;
import io.ringtap.savefile.SavefileInterface;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Packets of the file that `-r` names.
final class FileInput implements PacketInput {
  private final SavefileCapture capture;
  private final @Nullable Path path; // null for standard input
  private final Messages messages;

  private FileInput(SavefileCapture capture, @Nullable Path path, Messages messages) {
    this.capture = capture;
    this.path = path;
    this.messages = messages;
  }

  /// Opens the file.
  ///
  /// @param onSignal takes what a signal is to do while the head is awaited
  /// @throws BadArgument if it cannot be opened, is not a savefile, or the filter does not fit it
  static FileInput open(Input.Saved input, Consumer<Runnable> onSignal, Messages messages)
      throws BadArgument {
    String file = input.file();
    SavefileCapture capture = CaptureOpening.open("-r", file, input.filter(), onSignal);
    Path path = file.equals(StandardInput.DASH) ? null : Path.of(file);
    return new FileInput(capture, path, messages);
  }

  @Override
  public SavefileCapture source() {
    return capture;
  }

  @Override
  public void announce() {
    if (capture.interfaces().isEmpty()) {
      return; // there may be packets all the same
    }
    SavefileInterface first = capture.interfaces().getFirst();
    messages.print(
        "reading from file "
            + capture.name()
            + ", link-type "
            + first.linkType()
            + (first.snaplen() > 0 ? ", snapshot length " + first.snaplen() : ""));
  }

  @Override
  public Recording record(FileArguments.Plan plan) throws BadArgument, IOException {
    return FileRecording.open(plan, capture, path, messages);
  }

  /// Null: the numbers of interfaces in a file are those of another machine.
  @Override
  public @Nullable String nameOf(int index) {
    return null;
  }

  @Override
  public @Nullable String nameOf(Frame packet) {
    return capture.reader().interfaceOf(packet.interfaceId()).name();
  }

  @Override
  public void onInterfaceEvent(InterfaceEvent event) {
    // Nothing happens to the interfaces of a file.
  }

  @Override
  public @Nullable String earlyEnd() {
    return null;
  }

  @Override
  public void summarize(Report report, Totals totals) {
    CaptureCounters counters = capture.counters();
    report.summary(counters.seenByInterface(), counters.captured());
  }

  @Override
  public void close() throws IOException {
    capture.close();
  }
}
