package io.ringtap.cli.top;

import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.capture.Traffic;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options about interfaces, and about how packets come from the kernel.
final class SocketArguments {
  private static final String AUTO = "auto";

  /// `-B`: a bare number of KiB, as tcpdump has it, or `512K`, `64M`, `1G`.
  static final class MemoryConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      int end = text.length() - 1;
      int prefix = end < 0 ? -1 : "KMG".indexOf(Character.toUpperCase(text.charAt(end)));
      try {
        long number = Long.parseLong(prefix < 0 ? text : text.substring(0, end));
        long unit =
            switch (prefix) {
              case 1 -> 1L << 20;
              case 2 -> 1L << 30;
              default -> 1L << 10;
            };
        long bytes = Math.multiplyExact(number, unit);
        if (bytes > 0) {
          return bytes;
        }
      } catch (ArithmeticException | NumberFormatException _) {
        // the message below says what is understood
      }
      throw new TypeConversionException(
          "'" + text + "' is no amount of memory, such as 4096 (KiB), 64M or 1G");
    }
  }

  /// `-Q`.
  static final class TrafficConverter implements ITypeConverter<Traffic> {
    @Override
    public Traffic convert(String text) {
      return Words.read(Traffic.class, text);
    }
  }

  /// `--mode`.
  static final class ModeConverter implements ITypeConverter<CaptureMode> {
    @Override
    public CaptureMode convert(String text) {
      return Words.read(CaptureMode.class, text);
    }
  }

  @Option(
      names = "-i",
      paramLabel = "IFACE",
      required = true,
      description = "Look at this interface; may be given several times; any is all.")
  private List<String> interfaces = List.of();

  @Option(
      names = "-Q",
      paramLabel = "WAY",
      converter = TrafficConverter.class,
      description = "Count what comes in, goes out, or both: in, out, inout. Default: inout.")
  private Traffic traffic = Traffic.INOUT;

  @Option(names = "-p", description = "Do not ask the interfaces for packets to other machines.")
  private boolean isModest;

  @Option(
      names = "-s",
      paramLabel = "OCTETS",
      description =
          "Look at so many octets of a packet; its size is known all the same. Default: 128.")
  private int snaplen = 128;

  @Option(
      names = "-B",
      paramLabel = "MEMORY",
      converter = MemoryConverter.class,
      description = "Memory in which packets wait for this command: KiB, or 64M, 1G. Default: 64M.")
  private long bufferBytes = CaptureOptions.DEFAULT_BUFFER_BYTES;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = ModeConverter.class,
      description =
          "How packets come from the kernel: ring, shared memory, or recv, system calls. Default:"
              + " ring.")
  private CaptureMode mode = CaptureMode.RING;

  @Option(
      names = "--threads",
      paramLabel = "N|auto",
      description = "Count with so many threads; auto is as many as CPUs. Default: 1.")
  private String threads = "1";

  @Option(
      names = "--fanout",
      paramLabel = "MODE",
      description = "How threads share packets: hash, lb, cpu, rollover, rnd, qm. Default: hash.")
  private String fanout = "hash";

  @Option(
      names = "--netns",
      paramLabel = "NAME|PATH",
      description = "Look at interfaces of this network namespace: a name of ip netns, or a path.")
  private @Nullable String namespace;

  /// What is to be captured.
  ///
  /// @throws IllegalArgumentException naming the option that is wrong
  CaptureOptions options() {
    CaptureOptions options =
        CaptureOptions.on(interfaces.toArray(String[]::new))
            .mode(mode)
            .threads(threadCount())
            .fanout(Fanout.by(fanoutMode()))
            .buffer(bufferBytes)
            .snaplen(snaplen)
            .promiscuous(!isModest)
            .traffic(traffic)
            .namespace(namespacePath())
            .build();
    if (mode == CaptureMode.RING) {
      options.ring(); // whether a ring can be as large
    }
    return options;
  }

  private @Nullable String namespacePath() {
    return namespace == null || namespace.contains("/") ? namespace : "/run/netns/" + namespace;
  }

  private FanoutMode fanoutMode() {
    for (FanoutMode each : FanoutMode.values()) {
      if (each != FanoutMode.CBPF && each.name().toLowerCase(Locale.ROOT).equals(fanout)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "--fanout '" + fanout + "' is not hash, lb, cpu, rollover, rnd or qm");
  }

  private int threadCount() {
    if (threads.equals(AUTO)) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      return Integer.parseInt(threads);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--threads '" + threads + "' is not a number of threads, or auto", e);
    }
  }
}
