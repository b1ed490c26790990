package io.ringtap.socket;

import io.ringtap.packet.PacketHandler;
import org.jspecify.annotations.Nullable;

/// Where a thread has packets from: one socket, which the source owns. One thread reads it.
public abstract sealed class PacketSource implements AutoCloseable permits RingSource, RecvSource {
  private final PacketSocket socket;

  PacketSource(PacketSocket socket) {
    this.socket = socket;
  }

  /// The socket. Any thread may ask for its counters and change its filter.
  public final PacketSocket socket() {
    return socket;
  }

  /// Shows only what passes `screen` too, from the next [#drain] on; null shows all. For the thread
  /// that drains.
  public abstract void screen(@Nullable FrameScreen screen);

  /// What packets must pass beside the kernel's filter; null if nothing.
  public abstract @Nullable FrameScreen screen();

  /// Packets that the last [#drain] did not show because the screen did not pass them.
  public abstract int screenedOut();

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
