package io.ringtap.cli.fping;

import io.ringtap.cli.run.InterimReport;
import io.ringtap.cli.run.Interruption;
import io.ringtap.packet.IpAddress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/// `ringtap fping`: a program that speaks as fping does. It reads its options by itself, for fping
/// has rules of its own for them, and begins without picocli's model, for which a run of few probes
/// has no time.
@Command(
    name = FpingCommand.NAME,
    description = "Does what fping(8) does, with its options, its output and its exit codes.",
    customSynopsis = "ringtap fping [OPTIONS] [TARGET...]",
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all targets answered, or as many as -x or -X ask for",
      "1:some did not, or an option is wrong",
      "2:a name was not found",
      "4:a file cannot be read, an address cannot be sent from, or sockets are not permitted"
    })
public final class FpingCommand {
  /// The command's name.
  public static final String NAME = "fping";

  /// What the end may take after a signal.
  private static final long PATIENCE_NANOS = 1_000_000_000;

  @SuppressWarnings("UnusedVariable") // there for the model only
  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description = "A name or an address. Default: those on standard input, as -f has them.")
  private List<String> targets = List.of();

  private volatile @Nullable FpingRun running;

  /// The command with its options, as a model: it is not run from it.
  public static CommandLine model() {
    CommandLine command = new CommandLine(new FpingCommand());
    for (Option option : Option.values()) {
      OptionSpec.Builder spec = OptionSpec.builder(option.names().toArray(String[]::new));
      if (option.hasValue()) {
        spec.arity("1").paramLabel(String.valueOf(option.value())).type(String.class);
      }
      command.getCommandSpec().addOption(spec.description(sentence(option.meaning())).build());
    }
    return command;
  }

  private static String sentence(String meaning) {
    return meaning.substring(0, 1).toUpperCase(Locale.ROOT) + meaning.substring(1) + '.';
  }

  /// Does what the words ask for, as a process.
  ///
  /// @param words the command line without the name
  /// @return the exit code
  public static int run(String... words) throws InterruptedException {
    FpingCommand command = new FpingCommand();
    return command.run(
        words,
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        command::runUnderSignals);
  }

  /// The same, without an ear for signals.
  ///
  /// @param out takes what goes to standard output
  /// @param err takes what goes to standard error
  public static int run(String[] words, OutputStream out, OutputStream err)
      throws InterruptedException {
    return new FpingCommand().run(words, out, err, FpingRun::run);
  }

  /// Runs what is ready to run.
  private interface Runner {
    int run(FpingRun run) throws Refusal, InterruptedException;
  }

  private int run(String[] words, OutputStream out, OutputStream err, Runner runner)
      throws InterruptedException {
    long begin = System.nanoTime();
    // The JDK would put IPv4 first; the system's order is that of RFC 6724.
    System.setProperty("java.net.preferIPv6Addresses", "system");
    try (Streams streams = new Streams(out, err, this::end)) {
      try {
        Settings settings = Settings.of(words);
        if (settings.answer != null) {
          streams.out(settings.answer);
          return ExitStatus.OK;
        }
        TargetReader targets = new TargetReader(settings, streams);
        Hosts hosts = targets.read();
        if (hosts.size() == 0) {
          return targets.unknown() > 0 ? ExitStatus.NAME_NOT_FOUND : ExitStatus.UNREACHABLE;
        }
        requireOwn(settings.source4);
        requireOwn(settings.source6);
        return runner.run(new FpingRun(settings, hosts, streams, targets.unknown(), begin));
      } catch (Refusal e) {
        streams.err(e.text());
        return e.exitCode();
      }
    }
  }

  private int runUnderSignals(FpingRun run) throws Refusal, InterruptedException {
    running = run;
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, run::exitCode);
        InterimReport _ = InterimReport.onQuit(run::showStanding)) {
      interruption.onSignal(run::end);
      int code = run.run();
      interruption.done(code);
      return code;
    }
  }

  /// A stream has failed. If its reader has gone, fping is ended by a signal; of other failures, as
  /// of a stream that is closed, it takes no notice.
  private void end(IOException e) {
    if (String.valueOf(e.getMessage()).contains("Broken pipe")) {
      FpingRun run = running;
      Runtime.getRuntime().halt(run == null ? ExitStatus.SYSTEM : run.exitCode());
    }
  }

  /// Checks that packets may be sent from an address.
  private static void requireOwn(@Nullable IpAddress source) throws Refusal {
    if (source == null) {
      return;
    }
    try (DatagramSocket _ = new DatagramSocket(new InetSocketAddress(source.toInetAddress(), 0))) {
      // It may be bound to.
    } catch (SocketException e) {
      throw Refusal.withText(
          Usage.name() + ": cannot bind source address : Cannot assign requested address\n",
          ExitStatus.SYSTEM);
    }
  }
}
