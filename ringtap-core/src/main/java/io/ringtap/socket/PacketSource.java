package io.ringtap.socket;

import io.ringtap.packet.PacketHandler;
import org.jspecify.annotations.Nullable;

/// Reads packets from one socket, which it owns. One thread reads it.
public abstract sealed class PacketSource implements AutoCloseable permits RingSource, RecvSource {
  private final PacketSocket socket;

  PacketSource(PacketSocket socket) {
    this.socket = socket;
  }

  /// The socket. Any thread may ask for its counters and change its filter.
  public final PacketSocket socket() {
    return socket;
  }

  /// Shows only packets that pass `filter` too, from the next [#drain] on; null shows all. For the
  /// thread that drains.
  public abstract void filter(@Nullable FrameFilter filter);

  /// The filter in user space, in addition to the kernel's; null if absent.
  public abstract @Nullable FrameFilter filter();

  /// Packets of the last [#drain] that the filter rejected.
  public abstract int rejected();

  /// Shows what is ready, a block or a batch at most.
  ///
  /// @return packets shown; 0 if none was ready
  public abstract int drain(PacketHandler handler);

  /// Packets that the last [#drain] showed, also if the handler threw.
  public abstract int shown();

  /// Shows no further packet, also not of the block or batch under way. For the thread that drains.
  public abstract void abandon();

  /// Whether the kernel holds packets for this source that [#drain] does not show yet.
  public abstract boolean hasMore();

  /// No packet with an earlier stamp will be shown, if [#drain] has just taken none.
  ///
  /// @param nowNanos the time before that call, in nanoseconds since the epoch
  public abstract long completeUntil(long nowNanos);

  /// The stamp of the packet taken last, in nanoseconds since the epoch.
  public abstract long shownNanos();

  /// Gives everything back. Nobody may be draining.
  @Override
  public abstract void close();
}
