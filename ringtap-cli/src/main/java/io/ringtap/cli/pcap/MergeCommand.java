package io.ringtap.cli.pcap;

import io.ringtap.cli.pcap.CopyRun.Work;
import io.ringtap.cli.pcap.Target.Job;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileSection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap pcap merge`: several files into one.
@Command(
    name = "merge",
    description = {
      "Joins files into one, by the time of their packets or one after the other.",
      "",
      "The packets of each file stay in their order. By time, the file written has one section with"
          + " the interfaces of all; appended, each file stays a section."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap pcap merge a.pcap b.pcap -w all.pcapng",
      "  ringtap pcap merge --append part_*.pcapng -w whole.pcapng"
    })
final class MergeCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "SAVEFILE",
      description = "pcap or pcapng; - is standard input.")
  private List<String> files = List.of();

  @Mixin private Target target = new Target();

  @Option(
      names = {"-a", "--append"},
      description = "One file after the other, whatever the times of their packets.")
  private boolean isAppended;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException {
    try (Sources sources = Sources.open(files)) {
      Job job = new Job(!isAppended, section(sources), Rotation.NONE);
      return new CopyRun(sources, target, spec).run(job, new Work() {});
    }
  }

  /// What the files say of their making, in one place.
  private static SavefileSection section(Sources sources) {
    List<String> comments = new ArrayList<>();
    for (SavefileReader each : sources.readers()) {
      comments.addAll(each.section().comments());
    }
    return SavefileSection.OWN.withComments(comments);
  }
}
