package io.ringtap.cli.capture;

import io.ringtap.capture.Capture;
import io.ringtap.cli.ExitCode;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.packet.PacketHandler;
import io.ringtap.record.PacketRecorder;
import io.ringtap.record.RecorderOptions;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileOutput;
import java.io.IOException;

/// A capture's way into a file. When nothing more can be written, the capture ends.
final class Recording implements AutoCloseable {
  private final PacketRecorder recorder;
  private final Messages messages;

  private Recording(PacketRecorder recorder, Messages messages) {
    this.recorder = recorder;
    this.messages = messages;
  }

  static Recording open(FileArguments.Plan plan, Capture capture, Messages messages)
      throws BadArgument, IOException {
    SavefileOptions options = PacketRecorder.savefileOptions(capture, plan.format());
    SavefileOutput output = RecordingFile.open(plan, options);
    int threads = capture.options().threads();
    boolean hasOrder = threads > 1 || capture.interfaces().size() > 1;
    RecorderOptions wanted =
        RecorderOptions.of(threads)
            .withPacketBuffered(plan.isPacketBuffered())
            .withOrdered(hasOrder && !plan.isUnordered());
    return new Recording(
        PacketRecorder.open(output, wanted, PacketRecorder.ending(capture)), messages);
  }

  PacketHandler handler(int thread) {
    return recorder.handler(thread);
  }

  /// Packets that are in files.
  long written() {
    return recorder.counters().written();
  }

  /// Completes the file, once the capture has ended.
  ///
  /// @return the exit code
  int end() {
    try {
      recorder.close();
      return ExitCode.OK;
    } catch (IOException e) {
      if (RecordingFile.isReaderGone(e)) {
        return ExitCode.OK;
      }
      messages.print(String.valueOf(e.getMessage()));
      return ExitCode.SYSTEM;
    }
  }

  /// Completes the file where the run failed; why is told elsewhere.
  @Override
  public void close() {
    try {
      recorder.close();
    } catch (IOException e) {
      messages.print(String.valueOf(e.getMessage()));
    }
  }
}
