package io.ringtap.examples;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.record.PacketRecorder;
import io.ringtap.savefile.Rotation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// Records an interface for a number of seconds into files of at most 100 MB and keeps the newest
/// ten: `RecordPackets eth0 x.pcapng 60`.
public final class RecordPackets {
  private RecordPackets() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    // @start region="program"
    Rotation rotation = Rotation.everyBytes(100_000_000).keep(10);
    try (Capture capture = Capture.open(CaptureOptions.on(arguments[0]))) {
      PacketRecorder recorder = PacketRecorder.record(capture, Path.of(arguments[1]), rotation);
      try (recorder) {
        Thread.sleep(Duration.ofSeconds(Long.parseLong(arguments[2])));
      }
      IO.println(recorder.counters().written() + " packets written");
    }
    // @end
  }
}
