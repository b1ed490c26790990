package io.ringtap.cli.capture;

import io.ringtap.capture.Capture;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.packet.PacketHandler;
import io.ringtap.record.PacketRecorder;
import io.ringtap.record.RecorderListener;
import io.ringtap.record.RecorderOptions;
import io.ringtap.savefile.SavefileOptions;
import java.io.IOException;

/// A capture's way into a file.
final class LiveRecording implements Recording {
  /// Ends the capture with the recording, and remembers whether its last file is complete.
  private static final class End implements RecorderListener {
    private final RecorderListener inner;
    private volatile boolean isLimitReached; // of the number of files

    End(Capture capture) {
      inner = PacketRecorder.ending(capture);
    }

    @Override
    public void onFailure(IOException failure) {
      inner.onFailure(failure);
    }

    @Override
    public void onTimeUp() {
      isLimitReached = true;
      inner.onTimeUp();
    }

    @Override
    public void onEnd() {
      isLimitReached = true;
      inner.onEnd();
    }
  }

  private final PacketRecorder recorder;
  private final FileCommand command;
  private final End end;
  private final Messages messages;

  private LiveRecording(PacketRecorder recorder, FileCommand command, End end, Messages messages) {
    this.recorder = recorder;
    this.command = command;
    this.end = end;
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
    FileCommand command = new FileCommand(plan.command(), messages);
    End end = new End(capture);
    PacketRecorder recorder =
        RecordingFile.open(
            plan, options, command, opener -> PacketRecorder.open(opener, wanted, end));
    return new LiveRecording(recorder, command, end, messages);
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
      if (end.isLimitReached) {
        command.fileIsComplete();
      }
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
    try (command) {
      recorder.close();
    } catch (IOException e) {
      messages.print(String.valueOf(e.getMessage()));
    }
  }
}
