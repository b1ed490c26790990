package io.ringtap.cli.monitor;

import io.ringtap.cli.argument.FixedWords;
import io.ringtap.cli.fleet.KafkaArguments;
import io.ringtap.cli.run.BadArgument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `ringtap monitor`: the options. Nothing in its fields and signatures is of the monitor's module,
/// which is not there for the help of all commands.
@Command(
    name = "monitor",
    description = {
      "Watches many hosts for years: loss and latency of each, metrics for Prometheus, a page, a"
          + " history and events.",
      "",
      "Targets are named here, or in a configuration, which can say more: groups, labels, alerts,"
          + " lists that are read again. The history is kept in memory, and ends with the process,"
          + " unless there is a folder for it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nTargets:%n",
    optionListHeading = "%nOptions:%n",
    subcommands = {ExportCommand.class, ImportCommand.class},
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap monitor 10.0.0.0/24                   watch a network; open the page that it"
          + " names",
      "  ringtap monitor -i 10s --store /var/lib/ringtap host1 host2",
      "                                                every ten seconds, with a history",
      "  ringtap monitor --config monitor.yml          as a file says, read again when it changes",
      "  ringtap monitor --check monitor.yml           what is wrong with that file",
      "  ringtap monitor --from kafka --bootstrap kafka1:9092 --store /var/lib/ringtap",
      "                                                what all sites of a fleet see"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ended by Ctrl-C or SIGTERM, all in order",
      "3:bad arguments, or a mistake in the configuration",
      "4:not permitted, or a system call failed"
    })
public final class MonitorCommand implements Callable<Integer> {
  /// `--from`: where what is shown comes from.
  static final class SourceConverter implements ITypeConverter<String>, FixedWords {
    private static final String KAFKA = "kafka";

    @Override
    public String convert(String text) {
      if (!text.equals(KAFKA)) {
        throw new TypeConversionException("'" + text + "' is not " + KAFKA);
      }
      return text;
    }

    @Override
    public List<String> words() {
      return List.of(KAFKA);
    }
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description =
          "Names, addresses, prefixes (10.0.0.0/24, all of its addresses) or ranges"
              + " (10.0.0.1-10.0.0.9).")
  private List<String> targets = List.of();

  @Option(
      names = "--config",
      paramLabel = "YAML",
      description =
          "Watch what this file says, in YAML. It is read again when it changes, on SIGHUP and on"
              + " POST /-/reload.")
  private @Nullable Path config;

  @Option(
      names = "--check",
      paramLabel = "YAML",
      description = "Say what is wrong with a configuration, with lines, and do nothing else.")
  private @Nullable Path check;

  @Option(
      names = "--from",
      paramLabel = "SOURCE",
      converter = SourceConverter.class,
      description =
          "Probe nothing, but show what all sites of a fleet have probed: kafka reads it from the"
              + " fleet's topics. Who is watched says 'ringtap fleet apply'.")
  private @Nullable String source;

  @Mixin private KafkaArguments kafka = new KafkaArguments();

  @Mixin private ProbeArguments probes = new ProbeArguments();

  @Mixin private ServiceArguments service = new ServiceArguments();

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  /// Without options.
  public MonitorCommand() {}

  @Override
  public Integer call() throws BadArgument, IOException {
    if (check != null) {
      return CheckRun.run(check, spec);
    }
    if (source != null) {
      return showFleet();
    }
    if (kafka.areGiven()) {
      throw new BadArgument("--bootstrap and --client-config belong to --from kafka");
    }
    if (config != null && !targets.isEmpty()) {
      throw new BadArgument("targets stand in the file of --config, or here, not in both");
    }
    if (config != null && probes.areGiven()) {
      throw new BadArgument("how targets are probed stands in the file of --config");
    }
    if (config == null && targets.isEmpty()) {
      throw new BadArgument(
          "no target: name a host, an address, a prefix or a range, or a file with --config (try"
              + " 'ringtap monitor --help')");
    }
    if (service.isOnTerminal) {
      TerminalView.check();
    }
    Configured configured = new Configured(targets, config, false, probes, service);
    return MonitorRun.run(configured, service.isOnTerminal, spec);
  }

  private int showFleet() throws BadArgument, IOException {
    if (!targets.isEmpty() || probes.areGiven()) {
      throw new BadArgument(
          "with --from kafka the targets, and how they are probed, come from the fleet's topics");
    }
    if (!service.metricNames.equals("ringtap")) {
      throw new BadArgument("--compat does not go with --from kafka");
    }
    if (service.isOnTerminal) {
      TerminalView.check();
    }
    Configured configured = new Configured(targets, config, true, probes, service);
    return SitesRun.run(configured, kafka, service.isOnTerminal, spec);
  }
}
