package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is captured, and how. Immutable; [#on] begins one.
///
/// ```java
/// CaptureOptions options =
///     CaptureOptions.on("eth0").threads(2).fanout(Fanout.by(FanoutMode.CPU)).build();
/// ```
public final class CaptureOptions {
  /// All interfaces of the namespace, as [io.ringtap.packet.LinkType#LINUX_SLL2].
  public static final String ANY = "any";

  /// The snaplen that cuts nothing off, as `tcpdump` has it.
  public static final int MAX_SNAPLEN = 262_144;

  /// Holds half a second of a million small packets a second.
  public static final long DEFAULT_BUFFER_BYTES = 64L << 20;

  private static final Duration DEFAULT_RETIRE = Duration.ofMillis(20);
  private static final Duration LONGEST_RETIRE = Duration.ofMinutes(1);
  private static final int MAX_THREADS = 256; // the members of a fanout group

  private final Builder settings;

  private CaptureOptions(Builder settings) {
    this.settings = settings;
  }

  /// Begins a description of a capture on interfaces by name, or on [#ANY].
  ///
  /// @throws IllegalArgumentException without a name, with one twice, or with [#ANY] among others
  public static Builder on(String... interfaces) {
    return new Builder(List.of(interfaces));
  }

  /// The interfaces' names, in the order in which [Frame#interfaceId] counts them.
  public List<String> interfaces() {
    return settings.interfaces;
  }

  public CaptureMode mode() {
    return settings.mode;
  }

  /// Threads, each with a socket of its own on every interface.
  public int threads() {
    return settings.threads;
  }

  /// How the threads share the packets, if there are several or a group was asked for.
  public Fanout fanout() {
    return settings.fanout;
  }

  /// Whether the sockets form a fanout group.
  public boolean hasFanout() {
    return settings.threads > 1 || settings.fanout.group() != Fanout.UNIQUE;
  }

  /// The blocks of each ring.
  public RingShape ring() {
    RingShape shape = settings.shape;
    return shape != null
        ? shape
        : RingShape.within(bufferBytesOfSocket(), (int) settings.retire.toMillis());
  }

  /// The receive buffer of each socket in [CaptureMode#RECV].
  public int receiveBufferBytes() {
    return (int) Math.min(bufferBytesOfSocket(), Integer.MAX_VALUE);
  }

  private long bufferBytesOfSocket() {
    return settings.bufferBytes / settings.threads / settings.interfaces.size();
  }

  /// The most that is captured of a packet.
  public int snaplen() {
    return settings.snaplen;
  }

  public boolean isPromiscuous() {
    return settings.isPromiscuous;
  }

  public Traffic traffic() {
    return settings.traffic;
  }

  public TimestampSource timestamps() {
    return settings.timestamps;
  }

  /// What packets must pass; null passes all.
  public @Nullable CaptureFilter filter() {
    return settings.filter;
  }

  /// The network namespace to capture in, such as `/run/netns/blue`; null is the calling thread's.
  public @Nullable String namespace() {
    return settings.namespace;
  }

  /// The CPU that the thread of that number keeps to; -1 if it may run anywhere.
  public int cpuOf(int thread) {
    return settings.cpus.length == 0 ? -1 : settings.cpus[thread % settings.cpus.length];
  }

  /// Gathers the wishes. Each setter returns this object.
  public static final class Builder implements Cloneable {
    private final List<String> interfaces;
    private CaptureMode mode = CaptureMode.RING;
    private int threads = 1;
    private Fanout fanout = Fanout.by(FanoutMode.HASH);
    private @Nullable RingShape shape;
    private Duration retire = DEFAULT_RETIRE;
    private long bufferBytes = DEFAULT_BUFFER_BYTES;
    private int snaplen = MAX_SNAPLEN;
    private boolean isPromiscuous = true;
    private Traffic traffic = Traffic.INOUT;
    private TimestampSource timestamps = TimestampSource.SOFTWARE;
    private @Nullable CaptureFilter filter;
    private @Nullable String namespace;
    private int[] cpus = {};

    private Builder(List<String> interfaces) {
      require(!interfaces.isEmpty(), "a capture needs an interface");
      require(
          interfaces.stream().distinct().count() == interfaces.size(),
          "an interface is named twice: " + interfaces);
      require(
          interfaces.size() == 1 || !interfaces.contains(ANY),
          "'any' is all interfaces already, so it stands alone: " + interfaces);
      this.interfaces = interfaces;
    }

    private static void require(boolean holds, String problem) {
      if (!holds) {
        throw new IllegalArgumentException(problem);
      }
    }

    /// How packets come from the kernel. [CaptureMode#RING] unless told.
    public Builder mode(CaptureMode newMode) {
      mode = newMode;
      return this;
    }

    /// Threads that share the packets, 1 to 256. One unless told.
    ///
    /// @throws IllegalArgumentException if there are fewer or more
    public Builder threads(int newThreads) {
      require(
          newThreads >= 1 && newThreads <= MAX_THREADS,
          "threads are 1 to " + MAX_THREADS + ", not " + newThreads);
      threads = newThreads;
      return this;
    }

    /// How the threads share the packets. By [FanoutMode#HASH] unless told.
    public Builder fanout(Fanout newFanout) {
      fanout = newFanout;
      return this;
    }

    /// The blocks of each ring, for those who want to know; instead of [#buffer] and [#retire].
    public Builder ring(RingShape newShape) {
      shape = newShape;
      return this;
    }

    /// After how long the kernel hands over a block that is not full: the most by which packets are
    /// shown later than they came. 20 ms unless told.
    ///
    /// @throws IllegalArgumentException if it is less than a millisecond or more than a minute
    public Builder retire(Duration newRetire) {
      require(
          newRetire.toMillis() >= 1 && newRetire.compareTo(LONGEST_RETIRE) <= 0,
          "blocks are retired after 1 ms to 1 min, not " + newRetire);
      retire = newRetire;
      return this;
    }

    /// Memory in which packets wait, in bytes, over all threads and interfaces.
    /// [#DEFAULT_BUFFER_BYTES] unless told.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public Builder buffer(long bytes) {
      require(bytes > 0, "a buffer has at least one byte, not " + bytes);
      bufferBytes = bytes;
      return this;
    }

    /// The most that is captured of a packet, 1 to [#MAX_SNAPLEN], which is what holds unless told.
    ///
    /// @throws IllegalArgumentException if it is out of range
    public Builder snaplen(int newSnaplen) {
      require(
          newSnaplen >= 1 && newSnaplen <= MAX_SNAPLEN,
          "a snaplen is 1 to " + MAX_SNAPLEN + ", not " + newSnaplen);
      snaplen = newSnaplen;
      return this;
    }

    /// Whether the interfaces show packets for other machines too. They do unless told; [#ANY]
    /// never does. The kernel counts who wants it and ends it with the capture.
    public Builder promiscuous(boolean isWanted) {
      isPromiscuous = isWanted;
      return this;
    }

    /// Which way captured packets go. Both unless told.
    public Builder traffic(Traffic newTraffic) {
      traffic = newTraffic;
      return this;
    }

    /// Who stamps packets. The kernel unless told. The adapter's stamps need [CaptureMode#RING].
    public Builder timestamps(TimestampSource newTimestamps) {
      timestamps = newTimestamps;
      return this;
    }

    /// What packets must pass; null passes all, as it is unless told. What a program returns cuts
    /// packets off, and the snaplen does too.
    public Builder filter(@Nullable CaptureFilter newFilter) {
      filter = newFilter;
      return this;
    }

    /// The program that packets must pass, as [CaptureFilter.Program] has it.
    public Builder filter(BpfProgram program) {
      return filter(CaptureFilter.program(program));
    }

    /// What packets must pass, in tcpdump's language. Opening the capture compiles it.
    public Builder filter(String expression) {
      return filter(CaptureFilter.expression(expression));
    }

    /// The network namespace to capture in, such as `/run/netns/blue` or `/proc/4711/ns/net`; null
    /// is that of the thread that opens the capture, as it is unless told.
    public Builder namespace(@Nullable String path) {
      namespace = path;
      return this;
    }

    /// The CPU of each thread in turn; from the first again where there are more threads. Threads
    /// run anywhere unless told.
    ///
    /// @throws IllegalArgumentException if one is negative
    public Builder cpus(int... newCpus) {
      require(Arrays.stream(newCpus).allMatch(cpu -> cpu >= 0), "a CPU's number is 0 or more");
      cpus = newCpus.clone();
      return this;
    }

    /// The options as they are now.
    ///
    /// @throws IllegalArgumentException if what was told does not go together
    public CaptureOptions build() {
      require(
          timestamps == TimestampSource.SOFTWARE || mode == CaptureMode.RING,
          "the adapter's stamps need a ring");
      try {
        return new CaptureOptions((Builder) clone());
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
