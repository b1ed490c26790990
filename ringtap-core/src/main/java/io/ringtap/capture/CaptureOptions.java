package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.packet.Frame;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is captured, and how. Immutable; [#on] begins one.
///
/// ```java
/// CaptureOptions options =
///     CaptureOptions.on("eth0").withThreads(2).withFanout(Fanout.by(FanoutMode.CPU));
/// ```
public final class CaptureOptions implements Cloneable {
  /// All interfaces of the namespace, as [io.ringtap.packet.LinkType#LINUX_SLL2].
  public static final String ANY = "any";

  /// Holds half a second of a million small packets a second.
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
  private Traffic traffic = Traffic.INOUT;
  private TimestampSource timestamps = TimestampSource.SOFTWARE;
  private @Nullable CaptureFilter filter;
  private @Nullable String namespace;
  private int[] cpus = {};

  private CaptureOptions(List<String> interfaces) {
    require(!interfaces.isEmpty(), "a capture needs an interface");
    require(
        interfaces.stream().distinct().count() == interfaces.size(),
        "an interface is named twice: " + interfaces);
    require(
        interfaces.size() == 1 || !interfaces.contains(ANY),
        "'any' is all interfaces already, so it stands alone: " + interfaces);
    this.interfaces = interfaces;
  }

  /// Begins a description of a capture on interfaces by name, or on [#ANY].
  ///
  /// @throws IllegalArgumentException without a name, with one twice, or with [#ANY] among others
  public static CaptureOptions on(String... interfaces) {
    return new CaptureOptions(List.of(interfaces));
  }

  /// The interfaces' names, in the order in which [Frame#interfaceId] counts them.
  public List<String> interfaces() {
    return interfaces;
  }

  /// How packets come from the kernel.
  public CaptureMode mode() {
    return mode;
  }

  /// Threads, each with a socket of its own on every interface.
  public int threads() {
    return threads;
  }

  /// How the threads share the packets, if there are several or a group was asked for.
  public Fanout fanout() {
    return fanout;
  }

  /// Whether the sockets form a fanout group.
  public boolean hasFanout() {
    return threads > 1 || fanout.group() != Fanout.UNIQUE;
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

  private long bufferBytesOfSocket() {
    return bufferBytes / threads / interfaces.size();
  }

  /// The most that is captured of a packet.
  public int snaplen() {
    return snaplen;
  }

  /// Whether the interfaces show packets for other machines too.
  public boolean isPromiscuous() {
    return isPromiscuous;
  }

  /// Which way captured packets go.
  public Traffic traffic() {
    return traffic;
  }

  /// Who stamps packets.
  public TimestampSource timestamps() {
    return timestamps;
  }

  /// What packets must pass; null passes all.
  public @Nullable CaptureFilter filter() {
    return filter;
  }

  /// The network namespace to capture in, such as `/run/netns/blue`; null is the calling thread's.
  public @Nullable String namespace() {
    return namespace;
  }

  /// The CPU that the thread of that number keeps to; -1 if it may run anywhere.
  public int cpuOf(int thread) {
    return cpus.length == 0 ? -1 : cpus[thread % cpus.length];
  }

  /// How packets come from the kernel. The default is [CaptureMode#RING].
  public CaptureOptions withMode(CaptureMode newMode) {
    CaptureOptions copy = copy();
    copy.mode = newMode;
    copy.checkStamps();
    return copy;
  }

  /// Threads that share the packets, 1 to 256. The default is one.
  ///
  /// @throws IllegalArgumentException if there are fewer or more
  public CaptureOptions withThreads(int newThreads) {
    require(
        newThreads >= 1 && newThreads <= MAX_THREADS,
        "threads are 1 to " + MAX_THREADS + ", not " + newThreads);
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

  /// The blocks of each ring, exactly; instead of [#withBuffer] and [#withRetire].
  public CaptureOptions withRing(RingShape newShape) {
    CaptureOptions copy = copy();
    copy.shape = newShape;
    return copy;
  }

  /// After how long the kernel hands over a block that is not full: the most by which packets are
  /// shown later than they came. The default is 20 ms.
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

  /// Memory in which packets wait, in bytes, over all threads and interfaces. The default is
  /// [#DEFAULT_BUFFER_BYTES].
  ///
  /// @throws IllegalArgumentException if it is not positive
  public CaptureOptions withBuffer(long bytes) {
    require(bytes > 0, "a buffer has at least one byte, not " + bytes);
    CaptureOptions copy = copy();
    copy.bufferBytes = bytes;
    return copy;
  }

  /// The most that is captured of a packet, 1 to [Frame#MAX_SNAPLEN], which is the default.
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

  /// Whether the interfaces show packets for other machines too. They do by default; [#ANY] never
  /// does. The kernel counts who wants it and ends it with the capture.
  public CaptureOptions withPromiscuous(boolean isWanted) {
    CaptureOptions copy = copy();
    copy.isPromiscuous = isWanted;
    return copy;
  }

  /// Which way captured packets go. The default is both ways.
  public CaptureOptions withTraffic(Traffic newTraffic) {
    CaptureOptions copy = copy();
    copy.traffic = newTraffic;
    return copy;
  }

  /// Who stamps packets. The default is the kernel. The adapter's stamps need [CaptureMode#RING].
  public CaptureOptions withTimestamps(TimestampSource newTimestamps) {
    CaptureOptions copy = copy();
    copy.timestamps = newTimestamps;
    copy.checkStamps();
    return copy;
  }

  /// What packets must pass; null, the default, passes all. What a program returns cuts packets
  /// off, and the snaplen does too.
  public CaptureOptions withFilter(@Nullable CaptureFilter newFilter) {
    CaptureOptions copy = copy();
    copy.filter = newFilter;
    return copy;
  }

  /// The program that packets must pass, as [CaptureFilter.Program] has it.
  public CaptureOptions withFilter(BpfProgram program) {
    return withFilter(CaptureFilter.program(program));
  }

  /// What packets must pass, in tcpdump's language. Opening the capture compiles it.
  public CaptureOptions withFilter(String expression) {
    return withFilter(CaptureFilter.expression(expression));
  }

  /// The network namespace to capture in, such as `/run/netns/blue` or `/proc/4711/ns/net`; null
  /// the default, is that of the thread that opens the capture.
  public CaptureOptions withNamespace(@Nullable String path) {
    CaptureOptions copy = copy();
    copy.namespace = path;
    return copy;
  }

  /// The CPU of each thread in turn; from the first again where there are more threads. By default
  /// threads run anywhere.
  ///
  /// @throws IllegalArgumentException if one is negative
  public CaptureOptions withCpus(int... newCpus) {
    require(Arrays.stream(newCpus).allMatch(cpu -> cpu >= 0), "a CPU's number is 0 or more");
    CaptureOptions copy = copy();
    copy.cpus = newCpus.clone();
    return copy;
  }

  private void checkStamps() {
    require(
        timestamps == TimestampSource.SOFTWARE || mode == CaptureMode.RING,
        "the adapter's stamps need a ring");
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
