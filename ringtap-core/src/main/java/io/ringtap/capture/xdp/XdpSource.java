package io.ringtap.capture.xdp;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Clock;
import io.ringtap.packet.PacketHandler;
import io.ringtap.socket.FrameFilter;
import io.ringtap.socket.PacketSource;
import io.ringtap.socket.SocketCounters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What a thread reads of one interface that is captured by XDP. The filter is the program's, and
/// there is none in user space.
abstract class XdpSource extends PacketSource {
  /// In which a source reads the clock and calls the kernel.
  final Arena arena = Arena.ofShared();

  final MemorySegment callState = CallState.allocate(arena);
  final Clock clock = new Clock(arena);
  final StampOffset stamps = new StampOffset(clock);
  private final XdpTap tap;
  private final XdpFrame frame;
  private int shown; // by the last drain
  private long shownNanos;
  private boolean isAbandoned;
  private SocketCounters counters = SocketCounters.NONE; // guarded by this
  private boolean isClosed; // guarded by this

  XdpSource(XdpTap tap) {
    this.tap = tap;
    frame = new XdpFrame(tap.place().id(), tap.place().index());
  }

  /// Starts a drain.
  final void begin() {
    shown = 0;
    stamps.update();
  }

  /// Shows a frame, unless the source has been abandoned.
  final void show(
      PacketHandler handler,
      MemorySegment memory,
      long offset,
      int caplen,
      int origlen,
      long epoch) {
    if (isAbandoned) {
      return;
    }
    frame.show(memory, offset, caplen, origlen, epoch);
    shownNanos = epoch;
    shown++;
    handler.onPacket(frame);
  }

  @Override
  public final int shown() {
    return shown;
  }

  @Override
  public final void abandon() {
    isAbandoned = true;
  }

  final boolean isAbandoned() {
    return isAbandoned;
  }

  @Override
  public final long shownNanos() {
    return shownNanos;
  }

  @Override
  public final long completeUntil(long nowNanos) {
    return nowNanos;
  }

  @Override
  public final int rejected() {
    return 0;
  }

  @Override
  public final @Nullable FrameFilter filter() {
    return null;
  }

  @Override
  public final void filter(@Nullable FrameFilter filter) {
    if (filter != null) {
      throw new IllegalStateException("frames of XDP are filtered by its program");
    }
  }

  @Override
  public final void clearError() {
    // Neither a ring buffer nor an AF_XDP socket keeps one.
  }

  @Override
  public final void shut() {
    tap.shut();
  }

  @Override
  public final synchronized SocketCounters counters() {
    if (!isClosed) {
      counters = read();
    }
    return counters;
  }

  /// Reads the counters while the source is open.
  abstract SocketCounters read();

  /// Closes what the source reads.
  abstract void release();

  /// Reads the counters for the last time and closes. Nobody may be draining.
  @Override
  public final synchronized void close() {
    if (!isClosed) {
      counters = read();
      isClosed = true;
      release();
      arena.close();
    }
  }
}
