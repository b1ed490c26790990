package io.ringtap.cli.source;

import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.RingShape;
import io.ringtap.capture.TimestampSource;
import io.ringtap.capture.Traffic;
import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.argument.MemoryConverter;
import io.ringtap.cli.argument.Numbers;
import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.device.CpuSet;
import io.ringtap.packet.Frame;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// The options about interfaces, and about how packets come from the kernel.
public final class SocketArguments {
  /// `-Q`.
  static final class TrafficConverter extends WordConverter<Traffic> {
    TrafficConverter() {
      super(Traffic.class);
    }
  }

  /// `-j`.
  static final class StampsConverter extends WordConverter<TimestampSource> {
    StampsConverter() {
      super(
          TimestampSource.class, source -> source == TimestampSource.ADAPTER ? "adapter" : "host");
    }

    /// Also takes tcpdump's word for the stamps of an adapter's own clock, which `adapter` means
    /// here: Linux no longer has others.
    @Override
    public TimestampSource convert(String text) {
      return text.equals("adapter_unsynced") ? TimestampSource.ADAPTER : super.convert(text);
    }
  }

  /// `--mode`.
  static final class ModeConverter extends WordConverter<CaptureMode> {
    ModeConverter() {
      super(CaptureMode.class);
    }
  }

  /// Options that say how packets come from the kernel: they mean nothing for a file.
  public static final List<String> ABOUT_SOCKETS =
      List.of("-B", "-j", "--mode", "--threads", "--fanout", "--retire", "--cpus", "--netns");

  /// Of these, what means nothing where only counts come from the kernel.
  private static final List<String> NOT_BESIDE_COUNTS =
      List.of("-s", "-B", "-j", "--immediate-mode", "--threads", "--fanout", "--retire", "--cpus");

  private static final String AUTO = "auto";

  @Option(
      names = {"-i", "--interface"},
      paramLabel = "IFACE|any",
      description =
          "Capture on this interface, by its name, an alternative name or its number in -D; may be"
              + " given several times; any is all. Default: the first that is up.")
  private List<String> interfaces = List.of();

  @Option(
      names = {"-Q", "--direction"},
      paramLabel = "WAY",
      converter = TrafficConverter.class,
      description = "Take what comes in, goes out, or both: in, out, inout. Default: inout.")
  private Traffic traffic = Traffic.INOUT;

  @Option(
      names = {"-p", "--no-promiscuous-mode"},
      description = "Do not ask the interfaces for packets to other machines.")
  private boolean isModest;

  @Option(
      names = {"-s", "--snapshot-length"},
      paramLabel = "BYTES",
      description =
          "Take at most this many bytes of a packet; 0 is all. Default: ${DEFAULT-VALUE}.")
  private int snaplen;

  @Option(
      names = {"-B", "--buffer-size"},
      paramLabel = "MEMORY",
      converter = MemoryConverter.class,
      description = "Memory in which packets wait for this command: KiB, or 64M, 1G. Default: 64M.")
  private long bufferBytes = CaptureOptions.DEFAULT_BUFFER_BYTES;

  @Option(
      names = {"-j", "--time-stamp-type"},
      paramLabel = "WHO",
      converter = StampsConverter.class,
      description = "Who stamps packets: host or adapter. Default: host.")
  private TimestampSource stamps = TimestampSource.SOFTWARE;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = ModeConverter.class,
      description =
          "How packets come from the kernel: ring, shared memory; recv, system calls; or xdp, a"
              + " program in the driver, which sees received packets only. Default: ring.")
  private @Nullable CaptureMode mode;

  @Option(
      names = "--immediate-mode",
      description = "Take packets one by one as they come: --mode recv.")
  private boolean isImmediate;

  @Option(
      names = "--threads",
      paramLabel = "N|auto",
      description = "Capture with this many threads; auto is one for each CPU. Default: 1.")
  private String threads = "1";

  @Option(
      names = "--fanout",
      paramLabel = "MODE",
      completionCandidates = FanoutArgument.Words.class,
      description =
          "How threads share packets: hash, lb, cpu, rollover, rnd, qm, or cbpf:FILE with a"
              + " program; ,defrag and ,rollover may follow. Default: hash.")
  private @Nullable String fanout;

  @Option(
      names = "--retire",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "For a ring: hand over a block that is not full after this long. Default: 20ms.")
  private @Nullable Duration retire;

  @Option(
      names = "--cpus",
      paramLabel = "LIST",
      description = "Keep the threads to these CPUs, in turn: 0,2-3.")
  private @Nullable String cpus;

  @Option(
      names = "--netns",
      paramLabel = "NETNS|PATH",
      description = "Capture in this network namespace: a name of ip netns, or a path.")
  private @Nullable String namespace;

  /// Arguments that keep all of a packet by default.
  public SocketArguments() {
    this(Frame.MAX_SNAPLEN);
  }

  /// @param snaplen what holds without `-s`
  public SocketArguments(int snaplen) {
    this.snaplen = snaplen;
  }

  /// The interfaces that were named.
  public List<String> interfaces() {
    return interfaces;
  }

  /// The namespace as a path; null for this process's.
  public @Nullable String namespacePath() {
    return namespace == null || namespace.contains("/") ? namespace : "/run/netns/" + namespace;
  }

  /// Which directions are to be captured.
  public Traffic traffic() {
    return traffic;
  }

  /// The snaplen, as `-s 0` means it.
  public int snaplen() {
    return snaplen == 0 ? Frame.MAX_SNAPLEN : snaplen;
  }

  /// What is to be captured.
  ///
  /// @param names the interfaces
  /// @param filter what packets must pass, as if they began as in a file; null passes all
  /// @throws BadArgument if they do not go together, or have no meaning
  public CaptureOptions options(List<String> names, @Nullable CaptureFilter filter)
      throws BadArgument {
    Fanout shared = FanoutArgument.parse(fanout == null ? "hash" : fanout);
    int threadCount = threadCount();
    if (isXdp()) {
      requireXdp();
    }
    try {
      CaptureOptions options =
          CaptureOptions.on(names.toArray(String[]::new))
              .withMode(mode())
              .withThreads(threadCount)
              .withFanout(shared)
              .withBuffer(bufferBytes)
              .withSnaplen(snaplen())
              .withPromiscuous(!isModest)
              .withTraffic(traffic)
              .withTimestamps(stamps)
              .withFilter(FilterArguments.forSockets(filter, names))
              .withNamespace(namespacePath());
      if (retire != null) {
        options = options.withRetire(retire);
      }
      if (cpus != null) {
        options = options.withCpus(cpuNumbers(cpus));
      }
      RingShape _ = options.ring(); // whether a ring can be as large
      return options;
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  /// Checks that nothing asks a capture by XDP for what it does not have.
  private void requireXdp() throws BadArgument {
    requireReceived();
    if (isImmediate) {
      throw new BadArgument("--immediate-mode is --mode recv: not with --mode xdp");
    }
    if (fanout != null) {
      throw new BadArgument("--fanout is about sockets: in --mode xdp threads share the queues");
    }
    if (stamps == TimestampSource.ADAPTER) {
      throw new BadArgument("-j adapter needs --mode ring: XDP does not see the adapter's stamps");
    }
  }

  private void requireReceived() throws BadArgument {
    if (traffic == Traffic.OUT) {
      throw new BadArgument("--mode xdp sees only what comes in, so it excludes -Q out");
    }
    if (interfaces.contains(CaptureOptions.ANY)) {
      throw new BadArgument("--mode xdp needs interfaces by their names, not any");
    }
  }

  private CaptureMode mode() throws BadArgument {
    if (isImmediate && mode == CaptureMode.RING) {
      throw new BadArgument(
          "--immediate-mode excludes --mode ring, where packets wait for a block to end; see"
              + " --retire");
    }
    return mode != null ? mode : isImmediate ? CaptureMode.RECV : CaptureMode.RING;
  }

  /// Whether `--mode xdp` was given.
  public boolean isXdp() {
    return mode == CaptureMode.XDP;
  }

  /// Refuses what has no meaning where a program in the kernel counts.
  ///
  /// @throws BadArgument if such an option was given
  public void refuseBesideXdp(ParseResult parsed) throws BadArgument {
    for (String option : NOT_BESIDE_COUNTS) {
      if (parsed.hasMatchedOption(option)) {
        throw new BadArgument(
            option + " has no meaning with --mode xdp: no packet leaves the kernel");
      }
    }
    requireReceived();
  }

  /// The CPU of each thread in turn.
  private static int[] cpuNumbers(String list) throws BadArgument {
    try {
      int[] numbers = CpuSet.numbersOf(list);
      if (numbers.length > 0) {
        return numbers;
      }
    } catch (IllegalArgumentException _) {
      // the message below says what a list looks like
    }
    throw new BadArgument("--cpus '" + list + "' is not a list of CPUs, such as 0,2-3");
  }

  private int threadCount() throws BadArgument {
    if (threads.equals(AUTO)) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      return Numbers.wholeInt(threads);
    } catch (TypeConversionException e) {
      throw new BadArgument("--threads '" + threads + "' is not a number of threads, or auto");
    }
  }
}
