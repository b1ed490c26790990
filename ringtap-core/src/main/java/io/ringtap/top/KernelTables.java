package io.ringtap.top;

import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Membarrier;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Map;

/// The two tables in which a [CountingProgram] counts in turn.
final class KernelTables implements AutoCloseable {
  private static final int CLEARED_AT_ONCE = 256; // elements

  private final KeyKind kind;
  private final boolean isByBytes;
  private final Buckets buckets;
  private final EbpfMap turns;
  private final EbpfMap even;
  private final EbpfMap odd;
  private final int[] used; // elements that are not zero
  private int usedCount;
  private boolean isOdd;
  private long beginNanos = System.nanoTime();

  KernelTables(TopOptions options, Buckets buckets) throws IOException {
    kind = options.by();
    isByBytes = options.order() == Order.BITS;
    this.buckets = buckets;
    used = new int[buckets.elements()];
    turns = EbpfMap.create(MapDefinition.array("top_turn", Integer.BYTES, 1));
    try {
      even = table("top_even", buckets);
      try {
        odd = table("top_odd", buckets);
      } catch (IOException e) {
        even.close();
        throw e;
      }
    } catch (IOException e) {
      turns.close();
      throw e;
    }
  }

  private static EbpfMap table(String name, Buckets buckets) throws IOException {
    return EbpfMap.create(MapDefinition.perCpuArray(name, buckets.bytes(), buckets.elements()));
  }

  /// The maps by the names that the program has for them.
  Map<String, EbpfMap> maps() {
    return Map.of(
        CountingProgram.TURN, turns, CountingProgram.EVEN, even, CountingProgram.ODD, odd);
  }

  /// The interval begins now: what was counted before is in it all the same.
  void begin() {
    beginNanos = System.nanoTime();
  }

  /// Ends the interval: lets the program count in the other table, and takes what this one has.
  ///
  /// @throws LinuxException if the kernel refuses
  MergedCounts turn() throws LinuxException {
    EbpfMap ended = isOdd ? odd : even;
    try (Arena arena = Arena.ofConfined()) {
      turns.update(
          arena.allocate(ValueLayout.JAVA_INT),
          arena.allocateFrom(ValueLayout.JAVA_INT, isOdd ? 0 : 1));
    }
    isOdd = !isOdd;
    long now = System.nanoTime();
    settle();
    MergedCounts merged = new MergedCounts();
    merged.durationNanos = now - beginNanos;
    beginNanos = now;
    usedCount = 0;
    ended.forEach((number, ofCpus) -> add(merged, number, ofCpus));
    clear(ended);
    complete(merged);
    return merged;
  }

  /// Waits until no CPU counts in the table of the last turn: programs run as RCU readers, and this
  /// waits for a grace period. Where the kernel does not do that for user space (`nohz_full`), what
  /// is left of a packet's time is slept through.
  private static void settle() {
    if (Libc.membarrier(CallState.current(), Membarrier.MEMBARRIER_CMD_GLOBAL, 0) < 0) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void add(MergedCounts merged, MemorySegment number, MemorySegment ofCpus) {
    int element = number.get(ValueLayout.JAVA_INT, 0);
    boolean isUsed =
        element == buckets.number() ? addKeyless(merged, ofCpus) : addBucket(merged, ofCpus);
    if (isUsed) {
      used[usedCount++] = element;
    }
  }

  private boolean addKeyless(MergedCounts merged, MemorySegment ofCpus) {
    boolean isUsed = false;
    for (long at = 0; at < ofCpus.byteSize(); at += buckets.bytes()) {
      merged.packets += ofCpus.get(ValueLayout.JAVA_LONG, at + Buckets.KEYLESS_PACKETS);
      merged.bytes += ofCpus.get(ValueLayout.JAVA_LONG, at + Buckets.KEYLESS_BYTES);
      merged.notIp += ofCpus.get(ValueLayout.JAVA_LONG, at + Buckets.NOT_IP);
      isUsed |= ofCpus.get(ValueLayout.JAVA_LONG, at + Buckets.NOT_IP) != 0;
    }
    return isUsed;
  }

  private boolean addBucket(MergedCounts merged, MemorySegment ofCpus) {
    long thresholds = 0;
    boolean isUsed = false;
    for (long at = 0; at < ofCpus.byteSize(); at += buckets.bytes()) {
      MemorySegment bucket = ofCpus.asSlice(at, buckets.bytes());
      thresholds += Buckets.threshold(bucket);
      isUsed |= Buckets.count(bucket, 0) != 0; // slots are filled from the first on
    }
    if (!isUsed) {
      return false;
    }
    merged.bound = Math.max(merged.bound, thresholds);
    for (long at = 0; at < ofCpus.byteSize(); at += buckets.bytes()) {
      addSlots(merged, ofCpus.asSlice(at, buckets.bytes()), thresholds);
    }
    return true;
  }

  /// @param thresholds of this bucket on all CPUs together
  private void addSlots(MergedCounts merged, MemorySegment bucket, long thresholds) {
    long weight = bucket.get(ValueLayout.JAVA_LONG, buckets.evictedWeight());
    long companion = bucket.get(ValueLayout.JAVA_LONG, buckets.evictedCompanion());
    long threshold = Buckets.threshold(bucket);
    for (int slot = 0; slot < Buckets.SLOTS && Buckets.count(bucket, slot) != 0; slot++) {
      MergedCounts.Sum sum = merged.sum(new TrafficKey(kind, buckets.key(bucket, slot)));
      long missed = Buckets.missed(bucket, slot);
      long since = Buckets.count(bucket, slot) - missed;
      if (sum.weight == 0) {
        sum.missed = thresholds; // less where a CPU has a counter
      }
      sum.missed += missed - threshold;
      sum.weight += since;
      sum.companion += Buckets.companion(bucket, slot);
      weight += since;
      companion += Buckets.companion(bucket, slot);
    }
    merged.packets += isByBytes ? companion : weight;
    merged.bytes += isByBytes ? weight : companion;
  }

  private void complete(MergedCounts merged) {
    double seconds = Math.max(1, merged.durationNanos) / 1e9;
    merged.packetsPerSecond = merged.packets / seconds;
    merged.bytesPerSecond = merged.bytes / seconds;
    merged.boundPerSecond = merged.bound / seconds;
    for (MergedCounts.Sum sum : merged.sums()) {
      sum.weightPerSecond = sum.weight / seconds;
      sum.companionPerSecond = sum.companion / seconds;
    }
  }

  private void clear(EbpfMap table) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      int room = Math.min(usedCount, CLEARED_AT_ONCE);
      MemorySegment zeros = arena.allocate(room * table.valueBytes(), Long.BYTES);
      for (int from = 0; from < usedCount; from += room) {
        int[] some = Arrays.copyOfRange(used, from, Math.min(usedCount, from + room));
        table.updateAll(arena.allocateFrom(ValueLayout.JAVA_INT, some), zeros, some.length);
      }
    }
  }

  @Override
  public void close() {
    odd.close();
    even.close();
    turns.close();
  }
}
