package io.ringtap.cli.irq;

import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap irq`: the options, and what they come to.
@Command(
    name = "irq",
    description = {
      "Tells which interrupts serve an interface's queues, on which CPUs, and how packets are"
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
      "4:not permitted, or a setting could not be written"
    })
public final class IrqCommand implements Callable<Integer> {
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
  public Integer call() throws IOException {
    if (isSpread && isRestore) {
      throw refused("--spread and --restore exclude each other");
    }
    if (isSteered && !isSpread) {
      throw refused("--rps goes with --spread");
    }
    if (isDryRun && !isSpread && !isRestore) {
      throw refused("--dry-run goes with --spread or --restore");
    }
    KernelFiles files = new KernelFiles(proc, sys);
    requireSameNamespace(files);
    QueueLayout layout =
        QueueLayout.read(files, name).orElseThrow(() -> refused(missing(files.interfaces())));
    Path file = state == null ? Path.of("/run/ringtap/irq-" + name) : state;
    SavedSettings saved = new SavedSettings(file, name);
    try (Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      int code = ExitCode.OK;
      if (isSpread) {
        code = spread(files, layout, saved, out);
      } else if (isRestore) {
        code = restore(new SettingFiles(files, layout), saved, file, out);
      } else {
        for (String line : IrqReport.lines(layout, hash(files))) {
          out.line(new StringBuilder(line));
        }
      }
      boolean _ = out.drain(Long.MAX_VALUE);
      if (!isRestore) {
        Irqbalance.process(files)
            .ifPresent(process ->
                notice(
                    "irqbalance (process "
                        + process
                        + ") runs, and may move interrupts at any time"));
      }
      return code;
    } catch (SavedSettings.Malformed e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  /// An interface of the same name in another namespace is another interface.
  private void requireSameNamespace(KernelFiles files) throws IOException {
    if (!files.equals(KernelFiles.RUNNING)) {
      return;
    }
    Optional<NetworkInterface> found = NetworkInterfaces.byName(name);
    if (found.isPresent()
        && !files.interfaceIndex(name).equals(found.map(NetworkInterface::index))) {
      throw refused(
          "/sys shows another network namespace than this one, so nothing of "
              + name
              + ": mount it anew (mount -t sysfs sysfs /sys)");
    }
  }

  private String missing(List<String> present) {
    return "there is no interface '"
        + name
        + "'; there are "
        + (present.isEmpty() ? "none" : String.join(", ", present));
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

  private int spread(KernelFiles files, QueueLayout layout, SavedSettings saved, Output out)
      throws IOException, SavedSettings.Malformed {
    QueueSpread spread = new QueueSpread(files, layout);
    List<KernelSetting> wanted = new ArrayList<>(spread.interrupts());
    if (isSteered) {
      wanted.addAll(spread.steering());
    }
    if (wanted.isEmpty()) {
      throw refused(
          name
              + " has no interrupts of queues"
              + (isSteered ? ", and no queues to steer" : "")
              + ": there is nothing to spread");
    }
    SettingFiles setter = new SettingFiles(files, layout);
    List<KernelSetting> before = new ArrayList<>();
    for (KernelSetting setting : wanted) {
      before.add(setter.present(setting));
    }
    if (!isDryRun) {
      keep(saved, before);
    }
    int code = ExitCode.OK;
    for (int i = 0; i < wanted.size(); i++) {
      code = ExitCode.worse(code, write(wanted.get(i), before.get(i).value(), out));
    }
    return code;
  }

  /// Without this nothing could be put back, so nothing is written.
  private static void keep(SavedSettings saved, List<KernelSetting> before)
      throws IOException, SavedSettings.Malformed {
    try {
      saved.keep(before);
    } catch (IOException e) {
      throw new IOException("cannot keep what was there before: " + SettingFiles.words(e), e);
    }
  }

  private int restore(SettingFiles setter, SavedSettings saved, Path file, Output out)
      throws IOException, SavedSettings.Malformed {
    if (!saved.exist()) {
      throw refused("nothing to restore: there is no " + file);
    }
    List<KernelSetting> settings = saved.read();
    for (KernelSetting setting : settings) {
      if (!setter.isOurs(setting.path())) {
        throw refused(file + " names " + setting.path() + ", which --spread never writes");
      }
    }
    int code = ExitCode.OK;
    for (KernelSetting setting : settings) {
      if (setter.isCurrent(setting)) {
        code = ExitCode.worse(code, write(setting, setter.present(setting).value(), out));
      } else {
        notice(setting.purpose() + " is no longer at " + setting.path() + ": left alone");
      }
    }
    if (code == ExitCode.OK && !isDryRun) {
      saved.delete();
    }
    return code;
  }

  /// Writes one setting, unless this is a dry run, and tells.
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

  private void notice(String line) {
    spec.commandLine().getErr().println(spec.qualifiedName() + ": " + line);
  }

  private ParameterException refused(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
