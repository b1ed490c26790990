package io.ringtap.cli.pps;

import io.ringtap.device.Adapters;
import io.ringtap.device.KernelFiles;
import io.ringtap.device.Link;
import io.ringtap.device.LinkTable;
import io.ringtap.device.QueueCounters;
import io.ringtap.device.SoftnetCounters;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads all counters at once.
final class Sampler implements AutoCloseable {
  private final LinkTable table;
  private final Adapters adapters;
  private final boolean hasQueues;
  private final boolean hasCpus;

  private Sampler(LinkTable table, Adapters adapters, boolean hasQueues, boolean hasCpus) {
    this.table = table;
    this.adapters = adapters;
    this.hasQueues = hasQueues;
    this.hasCpus = hasCpus;
  }

  /// Opens the counters of the calling thread's network namespace.
  static Sampler open(boolean hasQueues, boolean hasCpus) throws IOException {
    LinkTable table = LinkTable.open();
    try {
      return new Sampler(table, Adapters.open(), hasQueues, hasCpus);
    } catch (IOException e) {
      table.close();
      throw e;
    }
  }

  List<Link> links() throws IOException {
    return table.all();
  }

  Sample sample() throws IOException {
    long nanos = System.nanoTime();
    Instant now = Instant.now();
    List<LinkTable.Entry> entries = table.entries();
    Map<Integer, List<QueueCounters>> queues = new HashMap<>();
    if (hasQueues) {
      for (LinkTable.Entry entry : entries) {
        queues.put(entry.link().index(), adapters.queueCounters(entry.link().name()));
      }
    }
    return new Sample(
        nanos,
        now.getEpochSecond() * 1_000_000_000 + now.getNano(),
        entries,
        queues,
        hasCpus ? SoftnetCounters.read(KernelFiles.RUNNING) : List.of());
  }

  @Override
  public void close() {
    table.close();
    adapters.close();
  }
}
