package io.ringtap.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.packet.PacketHandler;
import org.jspecify.annotations.Nullable;

/// Reads packets of one kind of source in the kernel. One thread reads them.
public abstract class PacketSource implements AutoCloseable {
  /// A source.
  protected PacketSource() {}

  /// The descriptor to poll for `POLLIN`.
  public abstract int number();

  /// Takes back an error that [#number] is polled with.
  ///
  /// @throws LinuxException if the kernel refuses
  public abstract void clearError() throws LinuxException;

  /// What the kernel has counted since the source was opened. Any thread may ask.
  public abstract SocketCounters counters();

  /// Takes no more packets, for good; those that have arrived are still to be read. Any thread may
  /// call this.
  ///
  /// @throws LinuxException if the kernel refuses
  public abstract void shut() throws LinuxException;

  /// How long the thread may rest after the last [#drain], in nanoseconds, so that the kernel wakes
  /// it less often; 0 if it should not. For the thread that drains.
  public long restNanos() {
    return 0;
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

  /// Gives everything back. No thread may be draining.
  @Override
  public abstract void close();
}
