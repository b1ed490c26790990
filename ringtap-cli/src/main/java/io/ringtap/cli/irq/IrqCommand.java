package io.ringtap.cli.irq;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.source.InterfaceList;
import io.ringtap.cli.terminal.Output;
import io.ringtap.device.EthtoolSocket;
import io.ringtap.device.EthtoolSocket.ReceiveHash;
import io.ringtap.device.KernelFiles;
import io.ringtap.device.KernelSetting;
import io.ringtap.device.NetworkInterface;
import io.ringtap.device.NetworkInterfaces;
import io.ringtap.device.QueueLayout;
import io.ringtap.device.QueueSpread;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap irq`: the options, and what they come to.
@Command(
    name = "irq",
    description = {
      "Shows which interrupts serve an interface's queues, on which CPUs, and how packets are"
          + " spread over queues (RSS) and CPUs (RPS, RFS, XPS); and spreads them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    parameterListHeading = "%nInterface:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap irq eth0                          how it is",
      "  ringtap irq eth0 --spread --dry-run       what --spread would write",
      "  ringtap irq eth0 --spread                 one queue a CPU, near CPUs first",
      "  ringtap irq eth0 --restore                as it was before"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "3:bad arguments, no such interface, or nothing to spread or to restore",
      "4:not permitted, or a setting could not be written",
      "130:cancelled by Ctrl-C, SIGTERM or SIGHUP before the last setting was written"
    })
public final class IrqCommand implements Callable<Integer> {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Parameters(arity = "1", paramLabel = "IFACE", description = "The interface.")
  private String name;

  @Option(
      names = "--spread",
      description =
          "Let each queue be served by a CPU of its own: those of the device's memory node first,"
              + " then the others.")
  private boolean isSpread;

  @Option(
      names = "--rps",
      description =
          "With --spread, if there are fewer queues than CPUs: let all CPUs share their work (RPS"
              + " for receive queues, XPS for transmit queues).")
  private boolean isSteered;

  @Option(names = "--restore", description = "Put back what was there before the first --spread.")
  private boolean isRestore;

  @Option(
      names = "--dry-run",
      description = "With --spread or --restore: show what would be written, and write nothing.")
  private boolean isDryRun;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "Where what was there before is kept. Default: /run/ringtap/irq-IFACE, which the next"
              + " boot forgets as it does the settings.")
  private @Nullable Path state;

  @Option(names = "--proc", paramLabel = "DIRECTORY", hidden = true, defaultValue = "/proc")
  private Path proc = KernelFiles.RUNNING.proc();

  @Option(names = "--sys", paramLabel = "DIRECTORY", hidden = true, defaultValue = "/sys")
  private Path sys = KernelFiles.RUNNING.sys();

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException {
    if (isSpread && isRestore) {
      throw new BadArgument("--spread and --restore exclude each other");
    }
    if (isSteered && !isSpread) {
      throw new BadArgument("--rps goes with --spread");
    }
    if (isDryRun && !isSpread && !isRestore) {
      throw new BadArgument("--dry-run goes with --spread or --restore");
    }
    KernelFiles files = new KernelFiles(proc, sys);
    if (!files.interfaces().contains(name)) {
      name = new InterfaceList(null).names(List.of(name)).getFirst();
    }
    requireSameNamespace(files);
    QueueLayout layout =
        QueueLayout.read(files, name)
            .orElseThrow(() -> new BadArgument(InterfaceList.missing(name, files.interfaces())));
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, () -> ExitCode.CANCELLED);
        Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      interruption.onSignal(() -> {}); // is asked before each setting whether one has come
      int code = run(files, layout, interruption, out);
      boolean _ = out.drain(Long.MAX_VALUE);
      if (!isRestore) {
        warnOfIrqbalance(files);
      }
      interruption.done(code);
      return code;
    } catch (SavedSettings.Malformed e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  private int run(KernelFiles files, QueueLayout layout, Interruption interruption, Output out)
      throws BadArgument, IOException, SavedSettings.Malformed {
    Path file = state == null ? Path.of("/run/ringtap/irq-" + name) : state;
    SavedSettings saved = new SavedSettings(file, name);
    SettingFiles setter = new SettingFiles(files, layout);
    if (isSpread) {
      List<KernelSetting> wanted = wanted(new QueueSpread(files, layout));
      List<KernelSetting> before = new ArrayList<>();
      for (KernelSetting setting : wanted) {
        before.add(setter.present(setting));
      }
      if (!isDryRun) {
        keep(saved, before);
      }
      return write(wanted, before, interruption, out);
    }
    if (isRestore) {
      return restore(setter, saved, file, interruption, out);
    }
    for (String line : IrqReport.lines(layout, hash(files))) {
      out.line(new StringBuilder(line));
    }
    return ExitCode.OK;
  }

  /// An interface of the same name in another namespace is another interface.
  private void requireSameNamespace(KernelFiles files) throws BadArgument, IOException {
    if (!files.equals(KernelFiles.RUNNING)) {
      return;
    }
    Optional<NetworkInterface> found = NetworkInterfaces.byName(name);
    if (found.isPresent()
        && !files.interfaceIndex(name).equals(found.map(NetworkInterface::index))) {
      throw new BadArgument(
          "/sys shows another network namespace than this one, so nothing of "
              + name
              + ": mount it again (mount -t sysfs sysfs /sys)");
    }
  }

  /// The driver knows only the running kernel's interfaces.
  private Optional<ReceiveHash> hash(KernelFiles files) throws IOException {
    if (!files.equals(KernelFiles.RUNNING)) {
      return Optional.empty();
    }
    try (EthtoolSocket ethtool = EthtoolSocket.open()) {
      return ethtool.receiveHash(name);
    }
  }

  private List<KernelSetting> wanted(QueueSpread spread) throws BadArgument, IOException {
    List<KernelSetting> wanted = new ArrayList<>(spread.interrupts());
    if (isSteered) {
      wanted.addAll(spread.steering());
    }
    if (wanted.isEmpty()) {
      throw new BadArgument(
          name
              + " has no interrupts of queues"
              + (isSteered ? ", and no queues to steer" : "")
              + ": there is nothing to spread");
    }
    return wanted;
  }

  /// Without this nothing could be put back, so nothing is written.
  private static void keep(SavedSettings saved, List<KernelSetting> before)
      throws BadArgument, IOException, SavedSettings.Malformed {
    try {
      saved.keep(before);
    } catch (IOException e) {
      throw new IOException("cannot keep what was there before: " + SettingFiles.words(e), e);
    }
  }

  private int restore(
      SettingFiles setter, SavedSettings saved, Path file, Interruption interruption, Output out)
      throws BadArgument, IOException, SavedSettings.Malformed {
    if (!saved.exist()) {
      throw new BadArgument("nothing to restore: there is no " + file);
    }
    List<KernelSetting> settings = saved.read();
    for (KernelSetting setting : settings) {
      if (!setter.isOurs(setting.path())) {
        throw new BadArgument(file + " names " + setting.path() + ", which --spread never writes");
      }
    }
    List<KernelSetting> wanted = new ArrayList<>();
    List<KernelSetting> before = new ArrayList<>();
    for (KernelSetting setting : settings) {
      if (setter.isCurrent(setting)) {
        wanted.add(setting);
        before.add(setter.present(setting));
      } else {
        notice(setting.purpose() + " is no longer at " + setting.path() + ": left alone");
      }
    }
    int code = write(wanted, before, interruption, out);
    if (code == ExitCode.OK && !isDryRun) {
      saved.delete();
    }
    return code;
  }

  /// Writes settings, unless this is a dry run, and prints each, until a signal comes.
  private int write(
      List<KernelSetting> wanted,
      List<KernelSetting> before,
      Interruption interruption,
      Output out) {
    int code = ExitCode.OK;
    for (int i = 0; i < wanted.size(); i++) {
      if (interruption.hasCome()) {
        notice("cancelled after " + i + " of " + wanted.size() + " settings");
        return ExitCode.CANCELLED;
      }
      code = ExitCode.worse(code, write(wanted.get(i), before.get(i).value(), out));
    }
    return code;
  }

  private int write(KernelSetting setting, String before, Output out) {
    Optional<String> failure = isDryRun ? Optional.empty() : SettingFiles.write(setting);
    if (failure.isPresent()) {
      notice("cannot write " + setting.value() + " to " + setting.path() + ": " + failure.get());
      return ExitCode.SYSTEM;
    }
    StringBuilder text = new StringBuilder();
    text.append(isDryRun ? "would write " : "wrote ").append(setting.value());
    text.append(" to ").append(setting.path());
    text.append("  (").append(setting.purpose()).append(", was ").append(before).append(')');
    out.line(text);
    return ExitCode.OK;
  }

  /// Warns of the daemon that moves interrupts, if it runs.
  private void warnOfIrqbalance(KernelFiles files) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(files.proc(), "[1-9]*")) {
      for (Path process : processes) {
        if (isIrqbalance(process)) {
          notice(
              "irqbalance (process "
                  + process.getFileName()
                  + ") runs, and may move interrupts at any time");
          return;
        }
      }
    } catch (IOException e) {
      // Without /proc nobody knows.
    }
  }

  private static boolean isIrqbalance(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip().equals("irqbalance");
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  private void notice(String line) {
    new Messages(spec).print(line);
  }
}
