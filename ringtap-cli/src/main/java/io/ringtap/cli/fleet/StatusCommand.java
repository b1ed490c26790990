package io.ringtap.cli.fleet;

import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.run.BadArgument;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ringtap fleet status`: the options. Nothing in its fields and signatures is of the fleet's
/// module.
@Command(
    name = "status",
    description = {
      "Shows how the fleet is: sites and their agents, who has which share of the targets, what"
          + " nobody watches, and how far readers are behind.",
      "",
      "On a terminal it is a table that is drawn again until Ctrl-C; else it is printed once. It"
          + " changes nothing."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap fleet status --bootstrap kafka1:9092            until Ctrl-C",
      "  ringtap fleet status --bootstrap kafka1:9092 -c 1       once",
      "  ringtap fleet status --bootstrap kafka1:9092 --site fra1,ams2 --json",
      "                                        as a check: exit code 1 if nobody watches some"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:at the end, each target is in the share of an agent at each of its sites",
      "1:at the end, no agent has some of the targets at a site",
      "3:bad arguments",
      "4:not permitted, or no broker could be reached"
    })
final class StatusCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofDays(1);

  @Mixin KafkaArguments kafka = new KafkaArguments();

  @Option(
      names = "--site",
      paramLabel = "SITE",
      split = ",",
      description =
          "Only these sites, separated by commas, also if nothing is known of one. Default: all.")
  List<String> sites = List.of();

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "How often: 500ms, 2s, or seconds. Default: 2s.")
  Duration interval = Duration.ofSeconds(2);

  @Option(
      names = {"-c", "--count"},
      paramLabel = "COUNT",
      description =
          "Stop after so many times; 0 is without end. Default: 0 for the table on a terminal, else"
              + " 1.")
  @Nullable Integer count;

  @Option(names = "--json", description = "An object a line for each time (NDJSON).")
  boolean isJson;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException, InterruptedException {
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new BadArgument("-i must be at least 100ms and at most 24h");
    }
    if (count != null && count < 0) {
      throw new BadArgument("-c must not be negative");
    }
    return StatusRun.run(this, spec);
  }
}
