package io.ringtap.dist.manual;

import io.ringtap.cli.Main;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/// All commands.
final class Commands {
  private Commands() {}

  static List<CommandLine> all() {
    List<CommandLine> all = new ArrayList<>();
    add(Main.model(), all);
    return all;
  }

  private static void add(CommandLine command, List<CommandLine> to) {
    to.add(command);
    command.getSubcommands().values().forEach(each -> add(each, to));
  }

  /// `ringtap-pcap-info` for `ringtap pcap info`.
  static String pageOf(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }
}
