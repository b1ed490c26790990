package io.ringtap.cli.monitor;

import io.ringtap.cli.run.BadArgument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `ringtap monitor`: the options. Nothing in its fields and signatures is of the monitor's module.
@Command(
    name = "monitor",
    description = "Watches many hosts for years.",
    sortOptions = false,
    subcommands = {ExportCommand.class, ImportCommand.class})
public final class MonitorCommand implements Callable<Integer> {
  /// Without options.
  public MonitorCommand() {}

  @Override
  public Integer call() throws BadArgument {
    throw new BadArgument("the monitor is not ready");
  }
}
