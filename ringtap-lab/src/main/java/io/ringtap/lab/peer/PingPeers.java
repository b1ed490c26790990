package io.ringtap.lab.peer;

import io.ringtap.linux.Libc;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The pingers that are known.
public final class PingPeers {
  /// What reports call Ringtap's own command.
  public static final String RINGTAP = "ringtap";

  /// What reports call the [SynchronousPinger].
  public static final String SYNCHRONOUS = "synchronous";

  private static final int[] LOSS = {0, 1}; // all of them end with 1 where something was lost

  private PingPeers() {}

  /// Those that there are here, Ringtap and the synchronous pinger first, then the user's.
  ///
  /// @param ringtap the launcher
  public static List<PingPeer> present(Path ringtap, List<PeerTemplate> templates) {
    List<PingPeer> peers = new ArrayList<>(List.of(ringtap(ringtap), synchronous()));
    if (PeerPrograms.isInstalled("ping")) {
      peers.add(ping());
    }
    if (PeerPrograms.isInstalled("fping")) {
      peers.add(fping());
    }
    templates.forEach(template -> peers.add(other(template)));
    return peers;
  }

  /// Ringtap's command, as users run it.
  public static PingPeer ringtap(Path launcher) {
    return ringtap(RINGTAP, launcher, List.of());
  }

  /// Ringtap's command with `--shield`.
  public static PingPeer shielded(Path launcher) {
    return ringtap(RINGTAP + " --shield", launcher, List.of("--shield"));
  }

  private static PingPeer ringtap(String name, Path launcher, List<String> options) {
    String program = launcher.toAbsolutePath().toString();
    return new Known(name, PingOutput.RINGTAP, LOSS, List.of(program, "--version")) {
      @Override
      public List<String> command(String target, int count, Duration interval) {
        List<String> words = new ArrayList<>(List.of(program, "ping", "--json"));
        words.addAll(options);
        words.addAll(List.of("-c", Integer.toString(count)));
        words.addAll(List.of("-i", interval.toMillis() + "ms"));
        words.addAll(List.of("-s", Integer.toString(PAYLOAD), target));
        return words;
      }
    };
  }

  /// The lab's own example of the blocking model.
  public static PingPeer synchronous() {
    return new Known(SYNCHRONOUS, PingOutput.SYNCHRONOUS, LOSS, List.of()) {
      @Override
      public List<String> command(String target, int count, Duration interval) {
        return synchronousCommand(1, count, interval, target, target, false);
      }
    };
  }

  /// The command that pings `first` to `last` by the [SynchronousPinger].
  public static List<String> synchronousCommand(
      int threads, int count, Duration interval, String first, String last, boolean isQuiet) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xms16m", "-Xmx128m"));
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("-cp");
    words.add(place(SynchronousPinger.class) + File.pathSeparator + place(Libc.class));
    words.add(SynchronousPinger.class.getName());
    words.add(Integer.toString(threads));
    words.add(Integer.toString(count));
    words.add(Long.toString(interval.toMillis()));
    words.add(first);
    words.add(last);
    if (isQuiet) {
      words.add("quiet");
    }
    return words;
  }

  /// The jar or directory that a class was read from.
  private static String place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("not a file: " + source.getLocation(), e);
    }
  }

  /// `ping` of iputils.
  static PingPeer ping() {
    return new Known("ping", PingOutput.PING, LOSS, List.of("ping", "-V")) {
      @Override
      public List<String> command(String target, int count, Duration interval) {
        return List.of(
            "ping",
            "-n",
            "-c",
            Integer.toString(count),
            "-i",
            "%d.%03d".formatted(interval.toSeconds(), interval.toMillisPart()),
            "-W",
            "1",
            "-s",
            Integer.toString(PAYLOAD),
            target);
      }
    };
  }

  /// `fping`, which prints each reply as it comes.
  static PingPeer fping() {
    return new Known("fping", PingOutput.FPING, LOSS, List.of("fping", "-v")) {
      @Override
      public List<String> command(String target, int count, Duration interval) {
        return List.of(
            "fping",
            "-c",
            Integer.toString(count),
            "-p",
            Long.toString(interval.toMillis()),
            "-t",
            "1000",
            "-b",
            Integer.toString(PAYLOAD),
            target);
      }
    };
  }

  /// A tool of the user's. Of an unknown tool it is accepted that it ends with any code below 126,
  /// which a shell and nsenter keep for programs that could not be run.
  static PingPeer other(PeerTemplate template) {
    int[] accepted = new int[126];
    Arrays.setAll(accepted, code -> code);
    return new Known(template.name(), PingOutput.OTHER, accepted, List.of()) {
      @Override
      public List<String> command(String target, int count, Duration interval) {
        return template.fill(
            Map.of(
                "target",
                target,
                "count",
                Integer.toString(count),
                "interval_ms",
                Long.toString(interval.toMillis())));
      }
    };
  }

  /// A pinger, but for its command.
  private abstract static class Known implements PingPeer {
    private final String name;
    private final PingOutput output;
    private final int[] accepted;
    private final List<String> versionCommand;

    Known(String name, PingOutput output, int[] accepted, List<String> versionCommand) {
      this.name = name;
      this.output = output;
      this.accepted = accepted;
      this.versionCommand = versionCommand;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public PingResult read(ProcessRun run) {
      return output.read(run.output() + "\n" + run.errors());
    }

    @Override
    public int[] accepted() {
      return accepted.clone();
    }

    @Override
    public List<String> versionCommand() {
      return versionCommand;
    }
  }
}
