package io.ringtap.examples;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.top.Interval;
import io.ringtap.top.KeyKind;
import io.ringtap.top.TopOptions;
import io.ringtap.top.TopTalkers;
import java.io.IOException;

/// Prints the top talkers every second, ten times: `ShowTopTalkers eth0`.
public final class ShowTopTalkers {
  private ShowTopTalkers() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    // @start region="program"
    TopTalkers top = new TopTalkers(TopOptions.by(KeyKind.SOURCE).withRows(5));
    try (Capture capture = Capture.open(CaptureOptions.on(arguments[0]))) {
      capture.start(top.handler(0));
      for (int i = 0; i < 10; i++) {
        Thread.sleep(1000);
        for (Interval.Row row : top.nextInterval(capture.counters()).rows()) {
          IO.println("%.0f packets/s %s".formatted(row.packetsPerSecond(), row.key()));
        }
      }
    }
    // @end
  }
}
