package io.ringtap.cli.fleet;

import io.ringtap.cli.run.BadArgument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap fleet apply`: the options. Nothing in its fields and signatures is of the fleet's
/// module.
@Command(
    name = "apply",
    description = {
      "Makes the topic of targets say what a configuration of 'ringtap monitor' says, and shows"
          + " what that changes.",
      "",
      "Prefixes, ranges, files and servers are expanded to single targets now; names are looked up"
          + " by the agents. 'sites:' of a group, or of the defaults, says from where its targets"
          + " are watched. A file with a mistake changes nothing."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap fleet apply fleet.yml --bootstrap kafka1:9092 --dry-run   what would change",
      "  ringtap fleet apply fleet.yml --bootstrap kafka1:9092             change it",
      "  ringtap fleet apply fleet.yml --bootstrap kafka1:9092 --prune     remove the rest, too"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the topic says what the file says; with --dry-run: the difference is shown",
      "3:bad arguments, or a mistake in the file or in what it names; nothing is changed",
      "4:not permitted, no broker could be reached, or not all was written"
    })
final class ApplyCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Parameters(paramLabel = "YAML", description = "The configuration.")
  private Path file;

  @Mixin private KafkaArguments kafka = new KafkaArguments();

  @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
  private boolean isDryRun;

  @Option(
      names = "--prune",
      description =
          "Remove the targets that are on the topic and not in the file. Without it they stay, and"
              + " are counted.")
  private boolean isPruning;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "How many shards there are to be, which is the most agents that can share a site's"
              + " targets: 1 to 10000. Only where the topic is made; by default 64.")
  private @Nullable Integer shards;

  @Option(
      names = "--json",
      description = "An object a line for each change, and one at the end (NDJSON).")
  private boolean isJson;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException, InterruptedException {
    if (shards != null && (shards < 1 || shards > 10_000)) {
      throw new BadArgument("--shards must be 1 to 10000, not " + shards);
    }
    return new ApplyRun(file, kafka, isDryRun, isPruning, shards, isJson).run(spec);
  }
}
