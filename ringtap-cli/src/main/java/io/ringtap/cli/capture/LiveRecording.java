package io.ringtap.cli.capture;

import io.ringtap.capture.Capture;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.packet.PacketHandler;
import io.ringtap.record.PacketRecorder;
import io.ringtap.record.RecorderOptions;
import io.ringtap.savefile.SavefileOptions;
import java.io.IOException;

/// A capture's way into a file.
final class LiveRecording implements Recording {
  private final PacketRecorder recorder;
  private final Messages messages;

  private LiveRecording(PacketRecorder recorder, Messages messages) {
    this.recorder = recorder;
    this.messages = messages;
  }

  static LiveRecording open(FileArguments.Plan plan, Capture capture, Messages messages)
      throws BadArgument, IOException {
    SavefileOptions options = PacketRecorder.savefileOptions(capture, plan.format());
    int threads = capture.options().threads();
    boolean hasOrder = threads > 1 || capture.interfaces().size() > 1;
    RecorderOptions wanted =
        RecorderOptions.of(threads)
            .withPacketBuffered(plan.isPacketBuffered())
            .withOrdered(hasOrder && !plan.isUnordered());
    PacketRecorder recorder =
        RecordingFile.open(
            plan,
            options,
            opener -> PacketRecorder.open(opener, wanted, PacketRecorder.ending(capture)));
    return new LiveRecording(recorder, messages);
  }

  @Override
  public PacketHandler handler(int thread) {
    return recorder.handler(thread);
  }

  /// Nothing: what has arrived is written within a tenth of a second in any case.
  @Override
  public void requestFlush() {}

  @Override
  public long written() {
    return recorder.counters().written();
  }

  @Override
  public int end() {
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

  @Override
  public void close() {
    try {
      recorder.close();
    } catch (IOException e) {
      messages.print(String.valueOf(e.getMessage()));
    }
  }
}
