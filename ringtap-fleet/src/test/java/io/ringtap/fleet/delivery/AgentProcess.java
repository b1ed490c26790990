package io.ringtap.fleet.delivery;

import io.ringtap.fleet.record.Topics;
import io.ringtap.fleet.record.WindowRecord;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.store.series.Volume;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.io.IOException;

/// All of a delivery but its thread.
final class AgentProcess {
  private static final TargetKey TARGET = new TargetKey("group", "host", AddressFamily.ANY);

  final Run run;
  final Accounts accounts = new Accounts();
  final HandoverQueue queue;
  final Spool spool;
  final Courier courier;
  private long last;

  /// @param number of the run
  /// @param mostWaiting results in the queue
  AgentProcess(
      FakeBroker broker, Volume volume, long number, int mostWaiting, long spoolBytes, long now)
      throws IOException {
    run = new Run("fra1", "agent-1", number, new Topics("ringtap"));
    queue = new HandoverQueue(mostWaiting, accounts);
    spool = Spool.open(volume, run, spoolBytes, accounts);
    Sending sending = new Sending(broker, 5_000, now);
    courier = new Courier(broker, queue, spool, sending, accounts, run, now);
  }

  /// Hands over so many windows.
  void handOver(int windows) {
    for (int i = 0; i < windows; i++) {
      last++;
      Window window =
          new Window(10 * last, 10, new OutcomeCounts(), new LatencyHistogram(), (int) last % 64);
      queue.add(new Handed.Result(new WindowRecord(run.origin(last, 0), TARGET, null, window)));
    }
  }

  /// The number of the last one.
  long last() {
    return last;
  }
}
