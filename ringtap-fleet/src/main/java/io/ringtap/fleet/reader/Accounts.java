package io.ringtap.fleet.reader;

import io.ringtap.monitor.metrics.Figures;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Accounts of all records of the topics of results and events that this process has read: each is
/// counted as read, and either waits to be written or has exactly one [Fate]. One thread counts,
/// any may ask.
final class Accounts {
  private static final String PREFIX = "ringtap_reader_";

  private final LongAdder read = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private final Map<Fate, LongAdder> fates = new EnumMap<>(Fate.class);
  private final LongAdder late = new LongAdder();
  private volatile long missing;
  private volatile long gone;
  private volatile long lag;

  Accounts() {
    for (Fate fate : Fate.values()) {
      fates.put(fate, new LongAdder());
    }
  }

  /// A record was read; what becomes of it follows.
  void read() {
    read.increment();
    waiting.increment();
  }

  /// That has become of so many.
  void end(Fate fate, long records) {
    LongAdder count = fates.get(fate);
    if (count != null) {
      count.add(records);
    }
    waiting.add(-records);
  }

  /// A window came when later ones had been written.
  void late() {
    late.increment();
  }

  /// What is not there.
  ///
  /// @param missingNow records that have not come, though later ones of their agents have
  /// @param goneSoFar records of which agents said that they had no room for them
  void losses(long missingNow, long goneSoFar) {
    missing = missingNow;
    gone = goneSoFar;
  }

  /// How many records are in the topics that have not been read.
  void lag(long records) {
    lag = records;
  }

  long count(Fate fate) {
    LongAdder count = fates.get(fate);
    return count == null ? 0 : count.sum();
  }

  /// All by their names.
  Map<String, Long> all() {
    Map<String, Long> all = new LinkedHashMap<>();
    all.put("read", read.sum());
    all.put("waiting", waiting.sum());
    fates.forEach((fate, count) -> all.put(fate.word(), count.sum()));
    all.put("late", late.sum());
    all.put("missing", missing);
    all.put("gone", gone);
    all.put("lag", lag);
    return all;
  }

  /// Shows them as metrics.
  void register(Figures figures) {
    figures.counter(
        PREFIX + "records_read_total",
        "Records of results and events read from the fleet's topics.",
        read::sum);
    fates.forEach((fate, count) ->
        figures.counter(
            PREFIX + "records_total",
            "What became of the records that were read. With those that wait they are all.",
            Map.entry("fate", fate.word()),
            count::sum));
    figures.gauge(
        PREFIX + "records_waiting",
        "Records that were read and are not in the history yet.",
        waiting::sum);
    figures.counter(
        PREFIX + "windows_late_total",
        "Windows that came when later ones had been written.",
        late::sum);
    figures.gauge(
        PREFIX + "records_missing",
        "Records that have not come, though later ones of their agents have.",
        () -> missing);
    figures.counter(
        PREFIX + "records_gone_total",
        "Records of which agents said that they had no room for them.",
        () -> gone);
    figures.gauge(PREFIX + "lag_records", "Records of results and events not read yet.", () -> lag);
  }
}
