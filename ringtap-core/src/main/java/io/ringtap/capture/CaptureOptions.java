package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.packet.Frame;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to capture, and how. Immutable; begin with [#on].
///
/// ```java
/// CaptureOptions options =
///     CaptureOptions.on("eth0").withThreads(2).withFanout(Fanout.by(FanoutMode.CPU));
/// ```
public final class CaptureOptions implements Cloneable {
  /// All interfaces of the namespace, as [io.ringtap.packet.LinkType#LINUX_SLL2].
  public static final String ANY = "any";

  /// Enough for half a second at a million small packets per second.
  public static final long DEFAULT_BUFFER_BYTES = 64L << 20;

  private static final Duration DEFAULT_RETIRE = Duration.ofMillis(20);
  private static final Duration LONGEST_RETIRE = Duration.ofMinutes(1);
  private static final int MAX_THREADS = 256; // the members of a fanout group

  private final List<String> interfaces;
  private CaptureMode mode = CaptureMode.RING;
  private int threads = 1;
  private Fanout fanout = Fanout.by(FanoutMode.HASH);
  private @Nullable RingShape shape;
  private Duration retire = DEFAULT_RETIRE;
  private long bufferBytes = DEFAULT_BUFFER_BYTES;
  private int snaplen = Frame.MAX_SNAPLEN;
  private boolean isPromiscuous = true;
  private boolean hasFlowHashes;
  private Traffic traffic = Traffic.INOUT;
  private TimestampSource timestamps = TimestampSource.SOFTWARE;
  private @Nullable CaptureFilter filter;
  private @Nullable String namespace;
  private int[] cpus = {};
  private boolean isStealing;
  private boolean isPolling;

  private CaptureOptions(List<String> interfaces) {
    require(!interfaces.isEmpty(), "a capture needs an interface");
    require(
        interfaces.stream().distinct().count() == interfaces.size(),
        "an interface is named twice: " + interfaces);
    require(
        interfaces.size() == 1 || !interfaces.contains(ANY),
        "'any' already means all interfaces and cannot be combined: " + interfaces);
    this.interfaces = interfaces;
  }

  /// Options for a capture on interfaces by name, or on [#ANY].
  ///
  /// @throws IllegalArgumentException if there is no name, a name is repeated, or [#ANY] is
  ///   combined with others
  public static CaptureOptions on(String... interfaces) {
    return new CaptureOptions(List.of(interfaces));
  }

  /// The interfaces' names; [Frame#interfaceId] is an index into this list.
  public List<String> interfaces() {
    return interfaces;
  }

  /// How packets are read from the kernel.
  public CaptureMode mode() {
    return mode;
  }

  /// The number of threads, each with its own socket on every interface.
  public int threads() {
    return threads;
  }

  /// How the threads share the packets, if there are several or [#withFanout] was called.
  public Fanout fanout() {
    return fanout;
  }

  /// Whether the sockets form a fanout group.
  public boolean hasFanout() {
    return threads > 1 || fanout.group() != Fanout.UNIQUE;
  }

  /// Whether captured frames are taken from the host, in [CaptureMode#XDP].
  public boolean isStealing() {
    return isStealing;
  }

  /// Whether the threads poll the driver all the time instead of sleeping, when stealing.
  public boolean isPolling() {
    return isPolling;
  }

  /// The blocks of each ring.
  public RingShape ring() {
    RingShape wanted = shape;
    return wanted != null
        ? wanted
        : RingShape.within(bufferBytesOfSocket(), (int) retire.toMillis());
  }

  /// The receive buffer of each socket in [CaptureMode#RECV].
  public int receiveBufferBytes() {
    return (int) Math.min(bufferBytesOfSocket(), Integer.MAX_VALUE);
  }

  /// The memory of each thread and interface for waiting packets.
  long bufferBytesOfSocket() {
    return bufferBytes / threads / interfaces.size();
  }

  /// The most bytes captured of a packet.
  public int snaplen() {
    return snaplen;
  }

  /// Whether the interfaces are in promiscuous mode.
  public boolean isPromiscuous() {
    return isPromiscuous;
  }

  /// Whether packets come with the hash of their flow.
  public boolean hasFlowHashes() {
    return hasFlowHashes;
  }

  /// The direction of captured packets.
  public Traffic traffic() {
    return traffic;
  }

  /// Who timestamps packets.
  public TimestampSource timestamps() {
    return timestamps;
  }

  /// The filter; null passes all packets.
  public @Nullable CaptureFilter filter() {
    return filter;
  }

  /// The network namespace to capture in, such as `/run/netns/blue`; null is the calling thread's.
  public @Nullable String namespace() {
    return namespace;
  }

  /// The CPU that the thread with this number is pinned to; -1 if it may run anywhere.
  public int cpuOf(int thread) {
    return cpus.length == 0 ? -1 : cpus[thread % cpus.length];
  }

  /// How packets are read from the kernel. The default is [CaptureMode#RING].
  public CaptureOptions withMode(CaptureMode newMode) {
    CaptureOptions copy = copy();
    copy.mode = newMode;
    copy.checkStamps();
    return copy;
  }

  /// The number of threads that share the packets, 1 to 256. The default is one.
  ///
  /// @throws IllegalArgumentException if it is out of range
  public CaptureOptions withThreads(int newThreads) {
    require(
        newThreads >= 1 && newThreads <= MAX_THREADS,
        "the number of threads is 1 to " + MAX_THREADS + ", not " + newThreads);
    CaptureOptions copy = copy();
    copy.threads = newThreads;
    return copy;
  }

  /// How the threads share the packets. The default is [FanoutMode#HASH].
  public CaptureOptions withFanout(Fanout newFanout) {
    CaptureOptions copy = copy();
    copy.fanout = newFanout;
    return copy;
  }

  /// The exact blocks of each ring, instead of [#withBuffer] and [#withRetire].
  public CaptureOptions withRing(RingShape newShape) {
    CaptureOptions copy = copy();
    copy.shape = newShape;
    return copy;
  }

  /// After how long the kernel hands over a block that is not full, which is the longest delay
  /// until a packet is shown. The default is 20 ms.
  ///
  /// @throws IllegalArgumentException if it is less than a millisecond or more than a minute
  public CaptureOptions withRetire(Duration newRetire) {
    require(
        newRetire.toMillis() >= 1 && newRetire.compareTo(LONGEST_RETIRE) <= 0,
        "blocks are retired after 1 ms to 1 min, not " + newRetire);
    CaptureOptions copy = copy();
    copy.retire = newRetire;
    return copy;
  }

  /// The memory for waiting packets in bytes, for all threads and interfaces together. The default
  /// is [#DEFAULT_BUFFER_BYTES].
  ///
  /// @throws IllegalArgumentException if it is not positive
  public CaptureOptions withBuffer(long bytes) {
    require(bytes > 0, "a buffer has at least one byte, not " + bytes);
    CaptureOptions copy = copy();
    copy.bufferBytes = bytes;
    return copy;
  }

  /// The most bytes captured of a packet, 1 to [Frame#MAX_SNAPLEN], which is the default.
  ///
  /// @throws IllegalArgumentException if it is out of range
  public CaptureOptions withSnaplen(int newSnaplen) {
    require(
        newSnaplen >= 1 && newSnaplen <= Frame.MAX_SNAPLEN,
        "a snaplen is 1 to " + Frame.MAX_SNAPLEN + ", not " + newSnaplen);
    CaptureOptions copy = copy();
    copy.snaplen = newSnaplen;
    return copy;
  }

  /// Whether to set the interfaces to promiscuous mode, so that packets for other machines are
  /// captured too. This is the default, but [#ANY] never does it. The kernel resets the mode when
  /// the capture ends, unless another program needs it.
  public CaptureOptions withPromiscuous(boolean isWanted) {
    CaptureOptions copy = copy();
    copy.isPromiscuous = isWanted;
    return copy;
  }

  /// Whether the kernel computes [Frame#rxhash], which is 0 otherwise. Only a ring has it. By
  /// default it does not: it looks for addresses and ports in every packet while it holds the
  /// ring's lock, which makes an arriving packet a fifth more expensive.
  public CaptureOptions withFlowHashes(boolean areWanted) {
    CaptureOptions copy = copy();
    copy.hasFlowHashes = areWanted;
    return copy;
  }

  /// The direction of captured packets. The default is both.
  public CaptureOptions withTraffic(Traffic newTraffic) {
    CaptureOptions copy = copy();
    copy.traffic = newTraffic;
    return copy;
  }

  /// Who timestamps packets. The default is the kernel. Stamps of the network card need
  /// [CaptureMode#RING].
  public CaptureOptions withTimestamps(TimestampSource newTimestamps) {
    CaptureOptions copy = copy();
    copy.timestamps = newTimestamps;
    copy.checkStamps();
    return copy;
  }

  /// The filter; null, the default, passes all packets. A packet is cut at the number that the
  /// filter program returns, and at the snaplen.
  public CaptureOptions withFilter(@Nullable CaptureFilter newFilter) {
    CaptureOptions copy = copy();
    copy.filter = newFilter;
    return copy;
  }

  /// A compiled filter program; see [CaptureFilter.Program].
  public CaptureOptions withFilter(BpfProgram program) {
    return withFilter(CaptureFilter.program(program));
  }

  /// A filter expression in tcpdump's language, compiled when the capture is opened.
  public CaptureOptions withFilter(String expression) {
    return withFilter(CaptureFilter.expression(expression));
  }

  /// The network namespace to capture in, such as `/run/netns/blue` or `/proc/4711/ns/net`; null,
  /// the default, is the namespace of the thread that opens the capture.
  public CaptureOptions withNamespace(@Nullable String path) {
    CaptureOptions copy = copy();
    copy.namespace = path;
    return copy;
  }

  /// The CPU of each thread in turn, starting again from the first if there are more threads. By
  /// default threads run anywhere.
  ///
  /// @throws IllegalArgumentException if one is negative
  public CaptureOptions withCpus(int... newCpus) {
    require(Arrays.stream(newCpus).allMatch(cpu -> cpu >= 0), "a CPU's number is 0 or more");
    CaptureOptions copy = copy();
    copy.cpus = newCpus.clone();
    return copy;
  }

  /// Whether frames that match are taken from the host, which does not see them then: as a rule its
  /// own traffic, so a filter should say which to take. The default is to watch. For
  /// [CaptureMode#XDP].
  public CaptureOptions withStealing(boolean isWanted) {
    CaptureOptions copy = copy();
    copy.isStealing = isWanted;
    return copy;
  }

  /// Whether the threads poll the driver all the time instead of sleeping (`SO_PREFER_BUSY_POLL`,
  /// since Linux 5.11): each takes a whole CPU, and the driver works on that CPU instead of
  /// interrupting another one. For stealing in [CaptureMode#XDP]. The driver leaves its queues to
  /// the threads if the interface's `napi_defer_hard_irqs` and `gro_flush_timeout` say so.
  public CaptureOptions withPolling(boolean isWanted) {
    CaptureOptions copy = copy();
    copy.isPolling = isWanted;
    return copy;
  }

  private void checkStamps() {
    require(
        timestamps == TimestampSource.SOFTWARE || mode == CaptureMode.RING,
        "the network card's stamps need a ring");
  }

  private CaptureOptions copy() {
    try {
      return (CaptureOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
