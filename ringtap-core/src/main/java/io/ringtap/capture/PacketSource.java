package io.ringtap.capture;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import org.jspecify.annotations.Nullable;

/// Where a capture thread has packets from: one socket, which the source owns. One thread reads it.
abstract sealed class PacketSource implements AutoCloseable permits RingSource, RecvSource {
  final PacketSocket socket;
  private long taken; // packets from the kernel, all in all; of the thread that drains
  private volatile FilterPlace filterPlace = FilterPlace.KERNEL;

  PacketSource(PacketSocket socket) {
    this.socket = socket;
  }

  /// Lets the socket run `filter`, or what the kernel can run of it: then the rest is for
  /// [#screen].
  ///
  /// @throws LinuxException if the kernel rejects the program
  final FilterPlace attach(SocketFilter filter) throws LinuxException {
    filterPlace = attached(filter);
    return filterPlace;
  }

  private FilterPlace attached(SocketFilter filter) throws LinuxException {
    FilterPlace place = filter.place();
    if (place != FilterPlace.KERNEL) {
      socket.filter(filter.coarse());
      return place;
    }
    try {
      socket.filter(filter.whole());
      return FilterPlace.KERNEL;
    } catch (LinuxException e) {
      if (!e.errno().equals(Errno.ENOMEM)) {
        throw e;
      }
      socket.filter(filter.coarse());
      return FilterPlace.CAPTURE_FOR_ITS_SIZE;
    }
  }

  /// Where the filter runs. Any thread may ask.
  final FilterPlace filterPlace() {
    return filterPlace;
  }

  /// Shows only what passes `screen` too, from the next [#drain] on; null shows all. For the thread
  /// that drains.
  abstract void screen(@Nullable Screen screen);

  /// What packets must pass beside the kernel's filter; null if nothing.
  abstract @Nullable Screen screen();

  /// Ends the screen once all has been judged that the kernel holds for this source now. For the
  /// thread that drains.
  final void endScreenAfterQueue() {
    Screen screen = screen();
    if (screen != null) {
      screen.endAfter(socket.counters().received() - taken);
    }
  }

  /// Packets that the last [#drain] did not show because the screen did not pass them.
  abstract int screenedOut();

  /// Counts what the last [#drain] took.
  final void countTaken() {
    taken += shown() + screenedOut();
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

  /// No packet with an earlier stamp will be shown, if [#drain] has just taken none.
  ///
  /// @param nowNanos the time before that call, in nanoseconds since the epoch
  abstract long completeUntil(long nowNanos);

  /// The stamp of the packet taken last, in nanoseconds since the epoch.
  abstract long shownNanos();

  /// Gives everything back. Nobody may be draining.
  @Override
  public abstract void close();
}
