package io.ringtap.capture;

/// Where a capture thread has packets from: one socket. One thread reads it.
sealed interface PacketSource extends AutoCloseable permits RingSource, RecvSource {
  /// Shows what is ready, a block or a batch at most.
  ///
  /// @return packets shown; 0 if none was ready
  int drain(PacketHandler handler);

  /// Shows no further packet, also not of the block or batch under way. For the thread that drains.
  void abandon();

  /// Whether the kernel holds packets for this source that [#drain] does not show yet.
  boolean hasMore();

  /// No packet with an earlier stamp will be shown, if [#drain] has just shown none.
  ///
  /// @param nowNanos the time before that call, in nanoseconds since the epoch
  long completeUntil(long nowNanos);

  /// The stamp of the packet shown last, in nanoseconds since the epoch.
  long shownNanos();

  PacketSocket socket();

  /// Gives everything back. Nobody may be draining.
  @Override
  void close();
}
