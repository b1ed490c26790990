package io.ringtap.capture.xdp;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Clock;
import io.ringtap.packet.PacketHandler;
import io.ringtap.socket.FrameFilter;
import io.ringtap.socket.PacketSource;
import io.ringtap.socket.SocketCounters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What a thread reads of one interface that is captured by XDP. The filter is the program's; only
/// frames that were waiting when it was replaced are judged here too.
abstract class XdpSource extends PacketSource {
  /// In which a source reads the clock and calls the kernel.
  final Arena arena = Arena.ofShared();

  final MemorySegment callState = CallState.allocate(arena);
  final Clock clock = new Clock(arena);
  final StampOffset stamps = new StampOffset(clock);
  private final XdpTap tap;
  private final XdpFrame frame;
  private final Ancillary ancillary = new Ancillary(0, 0, 0); // XDP knows nothing beside frames
  private @Nullable BpfInterpreter judge; // of frames that have passed an earlier filter
  private long toJudge; // how many of them follow
  private long taken; // frames so far, shown or not
  private int rejected; // by the last drain
  private int shown; // by the last drain
  private long shownNanos;
  private boolean isAbandoned;
  private @Nullable PacketHandler handler; // of the drain under way
  private SocketCounters counters = SocketCounters.NONE; // guarded by this
  private boolean isClosed; // guarded by this

  XdpSource(XdpTap tap) {
    this.tap = tap;
    frame = new XdpFrame(tap.place().id(), tap.place().index());
  }

  /// Starts a drain.
  final void begin(PacketHandler newHandler) {
    handler = newHandler;
    shown = 0;
    rejected = 0;
    stamps.update();
  }

  /// Shows a frame to the handler of the drain under way, unless the source has been abandoned.
  final void show(MemorySegment memory, long offset, int caplen, int origlen, long epoch) {
    PacketHandler current = handler;
    if (current == null || isAbandoned) {
      return;
    }
    taken++;
    int keep = judge == null ? caplen : judged(judge, memory, offset, caplen, origlen);
    if (keep == 0) {
      rejected++;
      return;
    }
    frame.show(memory, offset, keep, origlen, epoch);
    shownNanos = epoch;
    shown++;
    current.onPacket(frame);
  }

  /// @return how many bytes to keep; 0 if the frame does not pass
  private int judged(
      BpfInterpreter current, MemorySegment memory, long offset, int caplen, int origlen) {
    if (--toJudge == 0) {
      judge = null;
    }
    int keep = current.run(memory, offset, caplen, origlen, ancillary);
    return Integer.compareUnsigned(keep, caplen) > 0 ? caplen : keep;
  }

  /// Shows only what passes `filter` of the frames that wait now. For the draining thread.
  ///
  /// @param filter null passes all
  /// @param isForGood whether to judge all frames from now on
  final void judgeWaiting(@Nullable BpfProgram filter, boolean isForGood) {
    toJudge = isForGood ? Long.MAX_VALUE : counters().received() - taken;
    judge = filter == null || toJudge <= 0 ? null : new BpfInterpreter(filter);
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
    return rejected;
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

  /// Reads the counters for the last time and closes. No thread may be draining.
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
