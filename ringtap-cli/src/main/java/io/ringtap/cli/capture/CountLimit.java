package io.ringtap.cli.capture;

import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import java.util.concurrent.atomic.AtomicLong;

/// `-c`: lets a number of packets pass and no more, whatever thread they come by.
final class CountLimit {
  private final long limit;
  private final Runnable onReached;
  private final AtomicLong offered = new AtomicLong();

  /// @param onReached called once, by the thread that has shown the last packet
  CountLimit(long limit, Runnable onReached) {
    this.limit = limit;
    this.onReached = onReached;
  }

  /// The handler of one thread, which shows `inner` the packets that pass.
  PacketHandler handler(PacketHandler inner) {
    return new PacketHandler() {
      @Override
      public void onPacket(Frame packet) {
        long number = offered.incrementAndGet();
        if (number <= limit) {
          inner.onPacket(packet);
          if (number == limit) {
            onReached.run();
          }
        }
      }

      @Override
      public void onDrained(long completeUntil) {
        inner.onDrained(completeUntil);
      }
    };
  }

  /// Packets that came too late.
  long refused() {
    return Math.max(0, offered.get() - limit);
  }

  boolean isReached() {
    return offered.get() >= limit;
  }
}
