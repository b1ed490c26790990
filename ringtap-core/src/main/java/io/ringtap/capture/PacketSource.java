package io.ringtap.capture;

/// Where a capture thread has packets from: one socket, which the source owns. One thread reads it.
abstract sealed class PacketSource implements AutoCloseable permits RingSource, RecvSource {
  final PacketSocket socket;

  PacketSource(PacketSocket socket) {
    this.socket = socket;
  }

  /// Shows what is ready, a block or a batch at most.
  ///
  /// @return packets shown; 0 if none was ready
  abstract int drain(PacketHandler handler);

  /// Packets that the last [#drain] showed, also if the handler threw.
  abstract int shown();

  /// Shows no further packet, also not of the block or batch under way. For the thread that drains.
  abstract void abandon();

  /// Whether the kernel holds packets for this source that [#drain] does not show yet.
  abstract boolean hasMore();

  /// No packet with an earlier stamp will be shown, if [#drain] has just shown none.
  ///
  /// @param nowNanos the time before that call, in nanoseconds since the epoch
  abstract long completeUntil(long nowNanos);

  /// The stamp of the packet shown last, in nanoseconds since the epoch.
  abstract long shownNanos();

  /// Gives everything back. Nobody may be draining.
  @Override
  public abstract void close();
}
