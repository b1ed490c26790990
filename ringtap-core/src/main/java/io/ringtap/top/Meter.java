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

/// Counts the packets of one capture thread. It has two counts: the thread writes to one while the
/// other is shown. No lock is on the way of a packet.
///
/// An interval ends when the shared number of turns rises. The thread sees it at its next packet,
/// or when it has drained its sources, hands over its count and goes on with the other one. Whoever
/// raised the number takes the count of every meter, clears it and gives it back, before it raises
/// the number again.
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

  /// Lets the first interval begin now. Before the capture thread starts.
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

  /// Bytes before the packet that were not on the wire.
  private static int pseudoHeader(LinkType linkType) {
    return switch (linkType.number()) {
      case LinkType.LINKTYPE_LINUX_SLL -> LinuxSll.BYTES;
      case LinkType.LINKTYPE_LINUX_SLL2 -> LinuxSll2.BYTES;
      default -> 0;
    };
  }

  private void turnOver() {
    // Acquire: whoever raised the number had cleared the other count before.
    int now = turns.getAcquire();
    if (now != turn) {
      turn = now;
      // Release: all that was counted comes before the reference that shows it, see #poll.
      handedOver.setRelease(swap());
    }
  }

  /// Ends the count and goes on with the other one.
  private IntervalCount swap() {
    IntervalCount ended = current;
    current = other;
    other = ended;
    ended.endNanos = System.nanoTime();
    current.beginNanos = ended.endNanos;
    return ended;
  }

  /// The count that the thread has handed over; null as long as it has not. For the one thread that
  /// raises the number of turns.
  @Nullable IntervalCount poll() {
    return handedOver.getAcquire();
  }

  /// Clears what [#poll] returned and gives it back: the next turn lets the thread use it.
  void giveBack(IntervalCount shown) {
    shown.clear();
    handedOver.setPlain(null);
  }

  /// What was counted since the last turn, once the capture thread has ended. To be given back.
  IntervalCount rest() {
    return swap();
  }
}
