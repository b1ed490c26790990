package io.ringtap.fleet.delivery;

import io.ringtap.fleet.delivery.SpoolSegment.Portion;
import io.ringtap.monitor.store.series.Volume;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Results that no broker has taken yet, in files of a folder or in memory, never more than so many
/// bytes. When there is no room the oldest that are not on their way to the broker are given up, a
/// file at a time, and a gap takes their place. One thread uses it.
///
/// Each process begins files of its own, so what an earlier one has left is never changed, only
/// read and deleted.
final class Spool {
  private static final System.Logger LOG = System.getLogger("io.ringtap.fleet.delivery");

  private static final int SEGMENTS = 32; // that it is made of when it is full
  private static final long LARGEST_SEGMENT = 8 << 20; // bytes

  private final Volume volume;
  private final Run run;
  private final long maxBytes;
  private final Accounts accounts;
  private final List<SpoolSegment> segments = new ArrayList<>(); // the oldest first
  private @Nullable SpoolSegment tail; // the one that is appended to
  private long nextNumber = 1;

  private Spool(Volume volume, Run run, long maxBytes, Accounts accounts) {
    this.volume = volume;
    this.run = run;
    this.maxBytes = maxBytes;
    this.accounts = accounts;
  }

  /// Opens it with all that earlier processes have left.
  ///
  /// @param run of what will be appended
  /// @param maxBytes how large it may be
  /// @throws IOException if something in it cannot be read; the message is one line
  static Spool open(Volume volume, Run run, long maxBytes, Accounts accounts) throws IOException {
    Spool spool = new Spool(volume, run, maxBytes, accounts);
    long[] numbers =
        volume.names().stream()
            .mapToLong(SpoolFormat::number)
            .filter(number -> number >= 0)
            .sorted()
            .toArray();
    for (long number : numbers) {
      spool.add(number);
    }
    return spool;
  }

  private void add(long number) throws IOException {
    String name = SpoolFormat.name(number);
    SpoolSegment segment = SpoolSegment.open(volume, name);
    if (segment == null || segment.torn() != 0) {
      LOG.log(Level.WARNING, "delivery: the end of " + name + " in the spool is torn off");
    }
    if (segment == null || segment.isDone()) {
      volume.delete(name); // begun, and nothing whole is in it
    } else {
      segments.add(segment);
      accounts.recover(segment.unread());
    }
    nextNumber = number + 1;
  }

  /// Whether all that was in it is delivered.
  boolean isEmpty() {
    return segments.isEmpty();
  }

  /// Whether there is something in it that has not been read.
  boolean hasUnread() {
    return segments.stream().anyMatch(SpoolSegment::hasNext);
  }

  /// How large it is.
  long bytes() {
    return segments.stream().mapToLong(SpoolSegment::length).sum();
  }

  /// Appends records, all of them or none.
  ///
  /// @param records at least one
  /// @param areInMemory whether they are on their way already, and so need not be read; then there
  ///   may be nothing in it before
  /// @throws IOException if it takes no more now
  void append(List<Outgoing> records, boolean areInMemory) throws IOException {
    SpoolSegment last = tail;
    if (last == null || last.length() >= segmentBytes()) {
      makeRoom();
      last = SpoolSegment.begin(volume, nextNumber++, run);
      segments.add(last);
      tail = last;
    }
    last.append(records);
    if (areInMemory) {
      last.handOut(records);
    }
    accounts.spool(results(records));
  }

  private static long results(List<Outgoing> records) {
    return records.stream().mapToInt(Outgoing::results).sum();
  }

  private long segmentBytes() {
    return Math.min(LARGEST_SEGMENT, maxBytes / SEGMENTS);
  }

  /// Makes room for one more file.
  private void makeRoom() throws IOException {
    while (bytes() + 2 * segmentBytes() > maxBytes) {
      int oldest = oldestUnused();
      if (oldest < 0) {
        throw new IOException("it is full of what is on its way");
      }
      giveUp(oldest);
    }
  }

  private int oldestUnused() {
    for (int i = 0; i < segments.size(); i++) {
      SpoolSegment segment = segments.get(i);
      if (!segment.isInUse() && !segment.isGap()) {
        return i;
      }
    }
    return -1;
  }

  private void giveUp(int index) throws IOException {
    SpoolSegment segment = segments.get(index);
    SpoolSegment before = index > 0 ? segments.get(index - 1) : null;
    long lost = segment.unread();
    if (before != null && before.isGap() && before.run().equals(segment.run())) {
      before.giveUp(before.first(), segment.last());
      remove(segment);
    } else {
      segment.giveUp(segment.first(), segment.last());
    }
    accounts.dropFromSpool(lost);
  }

  private void remove(SpoolSegment segment) throws IOException {
    segments.remove(segment);
    if (segment.equals(tail)) {
      tail = null;
    }
    segment.delete();
  }

  /// Reads the oldest records that have not been read.
  ///
  /// @return none if all have been
  /// @throws IOException if they cannot be read now
  List<Outgoing> read() throws IOException {
    for (SpoolSegment segment : segments) {
      if (segment.hasNext()) {
        Portion portion = segment.read();
        if (portion.lost() > 0) {
          LOG.log(
              Level.WARNING, "delivery: " + portion.lost() + " results in the spool are damaged");
          accounts.dropFromSpool(portion.lost());
        }
        return portion.records();
      }
    }
    return List.of();
  }

  /// Takes out a record that it had and that is delivered, or never can be.
  ///
  /// @throws IOException if its file cannot be deleted: then some are delivered again by the next
  ///   process
  void settle(SpoolSegment segment) throws IOException {
    segment.settle();
    if (segment.isDone()) {
      remove(segment);
    }
  }

  /// Waits until all that was appended is on the disk.
  void sync() throws IOException {
    if (tail != null) {
      tail.sync();
    }
  }
}
