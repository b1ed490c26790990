package io.ringtap.cli.capture;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.SavefileCapture;
import io.ringtap.cli.capture.CapturePlan.Input;
import io.ringtap.cli.capture.Report.Totals;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.cli.source.CaptureOpening;
import io.ringtap.cli.source.Notices;
import io.ringtap.device.InterfaceEvent;
import io.ringtap.packet.Frame;
import io.ringtap.savefile.SavefileInterface;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Packets of the file that `-r` names, or of those of `-V`.
final class FileInput implements PacketInput {
  private final Input.Saved input;
  private final SavefileCapture capture;
  private final Messages messages;

  private FileInput(Input.Saved input, SavefileCapture capture, Messages messages) {
    this.input = input;
    this.capture = capture;
    this.messages = messages;
    capture.traffic(input.traffic());
    capture.onUnfiltered((linkType, problem) ->
        messages.print("packets of " + linkType + " do not match: " + problem.problem()));
    capture.onImpossible(
        linkType -> messages.print("packets of " + linkType + ": " + Notices.MATCHES_NOTHING));
    capture.followedBy(
        input.files().stream().skip(1).map(FileInput::path).toList(), _ -> announce());
  }

  static Path path(String file) {
    return file.equals(StandardInput.DASH) ? StandardInput.DESCRIPTOR : Path.of(file);
  }

  /// Opens the file, the first of several.
  ///
  /// @param onSignal takes what a signal is to do while the head is awaited
  /// @throws BadArgument if it cannot be opened, is not a savefile, or the filter does not fit it
  static FileInput open(Input.Saved input, Consumer<Runnable> onSignal, Messages messages)
      throws BadArgument {
    String first = input.files().getFirst();
    SavefileCapture capture = CaptureOpening.open(input.option(), first, input.filter(), onSignal);
    return new FileInput(input, capture, messages);
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
  public Recording record(FileArguments.Plan plan)
      throws BadArgument, IOException, InterruptedException {
    return FileRecording.open(plan, input, capture, messages);
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
  public void interim(TextReport report, Totals totals) {
    report.ofFile(capture.counters().seenByInterface(), totals);
  }

  @Override
  public void summarize(Report report, Totals totals, boolean wasStopped) {
    if (capture.undirected() > 0) {
      messages.print(
          "-Q leaves out packets whose direction %s does not say: %d"
              .formatted(capture.name(), capture.undirected()));
    }
    CaptureCounters counters = capture.counters();
    report.summary(counters.seenByInterface(), totals, wasStopped);
  }

  @Override
  public void close() throws IOException {
    capture.close();
  }
}
