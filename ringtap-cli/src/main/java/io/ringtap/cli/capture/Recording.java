package io.ringtap.cli.capture;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.CaptureInterface;
import io.ringtap.cli.ExitCode;
import io.ringtap.packet.PacketHandler;
import io.ringtap.record.PacketRecorder;
import io.ringtap.record.RecorderListener;
import io.ringtap.record.RecorderOptions;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileInterfaceStatistics;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

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
    int snaplen = capture.options().snaplen();
    List<SavefileInterface> interfaces =
        capture.interfaces().stream()
            .map(one -> new SavefileInterface(one.name(), null, one.linkType(), snaplen, null))
            .toList();
    long start = epochNanos();
    SavefileOptions options =
        SavefileOptions.of(plan.format(), interfaces)
            .withStatistics(() -> statistics(capture, start));
    SavefileOutput output = RecordingFile.open(plan, options);
    int threads = capture.options().threads();
    boolean isOrdered = !plan.isUnordered() && (threads > 1 || interfaces.size() > 1);
    RecorderOptions recorderOptions =
        RecorderOptions.of(threads).packetBuffered(plan.isPacketBuffered()).ordered(isOrdered);
    RecorderListener ending =
        new RecorderListener() {
          @Override
          public void onFailure(IOException failure) {
            capture.abort();
          }

          @Override
          public void onEnd() {
            capture.abort();
          }
        };
    return new Recording(PacketRecorder.open(output, recorderOptions, ending), messages);
  }

  /// What is known of each interface. The counts are of all together, so they are told of a single
  /// one alone.
  private static List<SavefileInterfaceStatistics> statistics(Capture capture, long start) {
    List<CaptureInterface> interfaces = capture.interfaces();
    if (interfaces.size() > 1) {
      return List.of();
    }
    try {
      CaptureCounters counters = capture.counters();
      return List.of(
          new SavefileInterfaceStatistics(
              0,
              counters.seenByInterface(),
              counters.droppedByInterface(),
              counters.offered(),
              counters.droppedByKernel(),
              start,
              epochNanos()));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static long epochNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
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
      messages.tell(String.valueOf(e.getMessage()));
      return ExitCode.SYSTEM;
    }
  }

  /// Completes the file where the run failed; why is told elsewhere.
  @Override
  public void close() {
    try {
      recorder.close();
    } catch (IOException e) {
      messages.tell(String.valueOf(e.getMessage()));
    }
  }
}
