package io.ringtap.cli.fleet;

import io.ringtap.cli.argument.Numbers;
import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.run.BadArgument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ringtap fleet agent`: the options. Nothing in its fields and signatures is of the fleet's
/// module.
@Command(
    name = "agent",
    description = {
      "Probes targets of the fleet from this machine, until a signal comes.",
      "",
      "All agents of a site share its targets, each as many as its capacity is in relation to that"
          + " of the others; when one comes, goes or fails, the others give up or take over. An"
          + " agent goes on probing while no broker can be reached, and delivers the results later."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap fleet agent --bootstrap kafka1:9092 --site fra1 --allow 10.0.0.0/8",
      "                                                whatever the topic says, only these"
          + " addresses",
      "  ringtap fleet agent --bootstrap kafka1:9092 --site fra1 --allow any --spool spool",
      "                                                keep results on disk while no broker is"
          + " there"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ended by Ctrl-C or SIGTERM, all in order",
      "3:bad arguments, or a mistake in a file",
      "4:not permitted, a system call failed, the broker refuses the agent, or another one has its"
          + " name"
    })
final class AgentCommand implements Callable<Integer> {
  /// What an agent does about its shards when it ends.
  enum OnStop {
    LEAVE,
    STAY
  }

  /// `--on-stop`.
  static final class OnStopConverter extends WordConverter<OnStop> {
    OnStopConverter() {
      super(OnStop.class);
    }
  }

  @Mixin KafkaArguments kafka = new KafkaArguments();

  @Option(
      names = "--site",
      required = true,
      paramLabel = "NAME",
      description = "Where this machine is, such as fra1: agents with the same word share targets.")
  String site = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The agent's own name, of which there may be one at a site, and the same one after a"
              + " restart. Default: the name of this machine.")
  @Nullable String name;

  @Option(
      names = "--allow",
      split = ",",
      paramLabel = "RANGE|any",
      description =
          "Probe only these, whatever the topic of targets says: an address, a prefix, a range, or"
              + " 'any'. May be given several times. The address of a name is checked after each"
              + " look-up.")
  List<String> allowed = List.of();

  @Option(
      names = "--allow-file",
      paramLabel = "FILE",
      description = "The same from a file, any number on a line; # begins a comment.")
  @Nullable Path allowFile;

  @Option(
      names = "--capacity",
      paramLabel = "N",
      description =
          "This agent's share in relation to that of the others at its site: one with 2 gets twice"
              + " as many targets as one with 1, which is the default.")
  long capacity = 1;

  @Option(
      names = "--spool",
      paramLabel = "DIR",
      description =
          "Keep results in this folder while no broker takes them. Default: some in memory.")
  @Nullable Path spool;

  @Option(
      names = "--spool-size",
      paramLabel = "BYTES",
      description =
          "How large that folder may become, as 500M or 2G; then the oldest results go. Default:"
              + " 1G.")
  long spoolBytes = 1_000_000_000;

  @Option(
      names = "--probes",
      description = "Deliver each single probe, beside the windows of ten seconds.")
  boolean deliversProbes;

  @Option(
      names = "--job-rate",
      paramLabel = "RATE",
      converter = Numbers.Rate.class,
      description =
          "Send at most this many probes a second for 'ringtap sweep --fleet', all such sweeps"
              + " together; 0 takes part in none. Default: 10k.")
  double jobRate = 10_000;

  @Option(
      names = "--on-stop",
      paramLabel = "WORD",
      converter = OnStopConverter.class,
      description =
          "leave: the others take over at once. stay: they wait for six seconds, for a restart that"
              + " is to move nothing. Default: leave.")
  OnStop onStop = OnStop.LEAVE;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException {
    return AgentRun.run(this, spec);
  }
}
