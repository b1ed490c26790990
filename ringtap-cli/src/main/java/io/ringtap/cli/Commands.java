package io.ringtap.cli;

import io.ringtap.cli.capture.CaptureCommand;
import io.ringtap.cli.filter.FilterCommand;
import io.ringtap.cli.fleet.FleetCommand;
import io.ringtap.cli.fping.FpingCommand;
import io.ringtap.cli.interfaces.InterfacesCommand;
import io.ringtap.cli.iputils.AsPingCommand;
import io.ringtap.cli.irq.IrqCommand;
import io.ringtap.cli.lab.LabCommand;
import io.ringtap.cli.monitor.MonitorCommand;
import io.ringtap.cli.pcap.PcapCommand;
import io.ringtap.cli.ping.PingCommand;
import io.ringtap.cli.pps.PpsCommand;
import io.ringtap.cli.replay.ReplayCommand;
import io.ringtap.cli.sweep.SweepCommand;
import io.ringtap.cli.top.TopCommand;
import io.ringtap.cli.trace.TraceCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The commands by name. Each is made only when it is asked for: reading the options of all would
/// take longer than the whole start of one.
final class Commands {
  private static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("ping", PingCommand::new);
    ALL.put(FpingCommand.NAME, FpingCommand::model);
    ALL.put("sweep", SweepCommand::new);
    ALL.put("trace", TraceCommand::new);
    ALL.put("capture", CaptureCommand::new);
    ALL.put("replay", ReplayCommand::new);
    ALL.put("pcap", PcapCommand::create);
    ALL.put("top", TopCommand::new);
    ALL.put("monitor", MonitorCommand::new);
    ALL.put("fleet", FleetCommand::new);
    ALL.put("pps", PpsCommand::new);
    ALL.put("filter", FilterCommand::new);
    ALL.put("interfaces", InterfacesCommand::new);
    ALL.put("irq", IrqCommand::new);
    ALL.put("lab", LabCommand::create);
  }

  /// What the launcher runs when it is called by another name.
  private static final Map<String, Supplier<Object>> FACES = Map.of("as-ping", AsPingCommand::new);

  private Commands() {}

  static Set<String> names() {
    return ALL.keySet();
  }

  /// The command line with the command that the arguments begin with, or with all and `ringtap`'s
  /// own options if they do not begin with one.
  static CommandLine commandLine(String... arguments) {
    String word = arguments.length == 0 ? "" : arguments[0];
    Supplier<Object> wanted = ALL.getOrDefault(word, FACES.get(word));
    if (wanted != null) {
      return new CommandLine(CommandSpec.create().name(RingtapCommand.NAME))
          .addSubcommand(word, wanted.get());
    }
    return shown();
  }

  /// The command line with all commands, the faces among them, which no help shows.
  static CommandLine all() {
    CommandLine root = shown();
    FACES.forEach((name, command) -> {
      CommandLine face = new CommandLine(command.get());
      face.getCommandSpec().usageMessage().hidden(true);
      root.addSubcommand(name, face);
    });
    return root;
  }

  private static CommandLine shown() {
    CommandLine root = new CommandLine(new RingtapCommand());
    ALL.forEach((name, command) -> root.addSubcommand(name, command.get()));
    return root;
  }
}
