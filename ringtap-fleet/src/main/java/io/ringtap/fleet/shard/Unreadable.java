package io.ringtap.fleet.shard;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Counts records that cannot be used, and logs some of them: not a line for each of many. One
/// thread counts, any reads.
public final class Unreadable {
  private static final System.Logger LOG = System.getLogger("io.ringtap.fleet.shard");

  private final AtomicLong invalid = new AtomicLong();
  private final AtomicLong newer = new AtomicLong();

  Unreadable() {}

  /// Records that are not what they should be, so far.
  public long invalid() {
    return invalid.get();
  }

  /// Records of a schema that this version does not know, so far.
  public long newer() {
    return newer.get();
  }

  void invalid(ConsumerRecord<?, ?> record, String why) {
    long times = invalid.incrementAndGet();
    log(record, why, times);
  }

  void newer(ConsumerRecord<?, ?> record, int schema) {
    long times = newer.incrementAndGet();
    log(record, "schema " + schema + " is newer than this program", times);
  }

  private static void log(ConsumerRecord<?, ?> record, String why, long times) {
    if (Long.bitCount(times) == 1) {
      LOG.log(
          Level.WARNING,
          "%s, partition %d, offset %d: not used: %s (so many so far: %d)"
              .formatted(record.topic(), record.partition(), record.offset(), why, times));
    }
  }
}
