package io.ringtap.top;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.LinuxSll;
import io.ringtap.packet.LinuxSll2;
import io.ringtap.packet.PacketHandler;
import io.ringtap.packet.PacketLayers;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Counts the packets of one capture thread. It has two sets of counts: the thread writes to one
/// while the other is read. Counting a packet takes no lock.
///
/// An interval ends when the shared turn number is raised. The thread sees it at its next packet,
/// or when it has drained its sources, hands over its counts and continues with the other ones. The
/// thread that raised the number takes the counts of every meter, clears and returns them, before
/// it raises the number again.
final class Meter implements PacketHandler {
  private final KeyKind kind;
  private final boolean isByBytes;
  private final AtomicInteger turns;
  private final AtomicReference<@Nullable IntervalCount> handedOver = new AtomicReference<>();
  private final PacketLayers layers = new PacketLayers();
  private final long[] key = new long[KeyKind.MAX_WORDS];
  private IntervalCount current;
  private IntervalCount other;
  private int turn;

  /// @param counters of each of the two sketches
  /// @param turns shared by all meters
  Meter(KeyKind kind, Order order, int counters, KeyHash hash, AtomicInteger turns) {
    this.kind = kind;
    this.isByBytes = order == Order.BITS;
    this.turns = turns;
    turn = turns.get();
    current = new IntervalCount(counters, hash);
    other = new IntervalCount(counters, hash);
  }

  /// Begins the first interval now. Must be called before the capture thread starts.
  void begin() {
    current.beginNanos = System.nanoTime();
  }

  @Override
  public void onPacket(Frame packet) {
    turnOver();
    layers.read(packet);
    int bytes = packet.origlen() - pseudoHeader(packet.linkType());
    IntervalCount interval = current;
    interval.packets++;
    interval.bytes += bytes;
    if (layers.ipVersion() == 0) {
      interval.notIp++;
    }
    if (kind.read(layers, packet.memory(), key)) {
      if (isByBytes) {
        interval.keys.add(key, bytes, 1);
      } else {
        interval.keys.add(key, 1, bytes);
      }
    }
  }

  @Override
  public void onDrained(long completeUntil) {
    turnOver();
  }

  /// Bytes before the packet that were not on the wire: those of a pseudo-header.
  private static int pseudoHeader(LinkType linkType) {
    return switch (linkType.number()) {
      case LinkType.LINKTYPE_LINUX_SLL -> LinuxSll.BYTES;
      case LinkType.LINKTYPE_LINUX_SLL2 -> LinuxSll2.BYTES;
      default -> 0;
    };
  }

  private void turnOver() {
    int now = turns.get();
    if (now != turn) {
      turn = now;
      handedOver.set(swap());
    }
  }

  /// Ends the current counts and continues with the other ones.
  private IntervalCount swap() {
    IntervalCount ended = current;
    current = other;
    other = ended;
    ended.endNanos = System.nanoTime();
    current.beginNanos = ended.endNanos;
    return ended;
  }

  /// The counts that the thread has handed over; null if it has not yet. For the thread that raises
  /// the turn number.
  @Nullable IntervalCount poll() {
    return handedOver.get();
  }

  /// Returns the counts of [#poll], which were cleared, to the thread: it uses them after the next
  /// turn.
  void giveBack() {
    handedOver.set(null);
  }

  /// The counts since the last turn or the last rest. The capture thread must have ended.
  IntervalCount rest() {
    current.endNanos = System.nanoTime();
    return current;
  }
}
