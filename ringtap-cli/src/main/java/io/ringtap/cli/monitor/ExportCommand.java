package io.ringtap.cli.monitor;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.monitor.export.Export;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ringtap monitor export`: the options. Nothing in its fields and signatures is of the monitor's
/// module.
@Command(
    name = "export",
    description = {
      "Writes the monitor's history as NDJSON or CSV, also while the monitor runs.",
      "",
      "Windows of 10 seconds, a minute and an hour add up exactly to the probes in them; a window"
          + " in which a target had no probe is left out. Times are UTC or have a zone."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap monitor export --store /var/lib/ringtap --csv -o day.csv --from 24h",
      "  ringtap monitor export --store /var/lib/ringtap --target core/192.0.2.1 --resolution raw",
      "  ringtap monitor export --store /var/lib/ringtap --resolution 1h --from 2026-11-01"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:written", "3:bad arguments, or no store", "4:the store cannot be read"})
final class ExportCommand implements Callable<Integer> {
  /// How finely can be exported. Asks the monitor's module only when somebody looks.
  static final class Resolutions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Export.resolutions().iterator();
    }
  }

  static final class Format {
    @Option(
        names = "--csv",
        description = "Write CSV, with the names of columns in the first line.")
    private boolean isCsv;

    @SuppressWarnings("UnusedVariable") // NDJSON is what comes without either
    @Option(names = "--json", description = "Write NDJSON, an object a line; the default.")
    private boolean isJson;
  }

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Option(
      names = "--store",
      required = true,
      paramLabel = "DIR",
      description = "The store's folder.")
  private Path store;

  @Option(
      names = "--target",
      paramLabel = "KEY",
      description = "Only this target: group/host, a host or a name. May be given several times.")
  private List<String> targets = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "From when on: 2026-11-30T04:00:00Z, 2026-11-30, or how long ago: 90s, 6h, 7d.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Until when, not included.")
  private @Nullable String to;

  @Option(
      names = "--resolution",
      paramLabel = "WORD",
      completionCandidates = Resolutions.class,
      defaultValue = "1m",
      description = "raw for each probe, 10s, 1m or 1h for windows; by default 1m.")
  private String resolution = "1m";

  @ArgGroup private Format format = new Format();

  @Option(names = "-o", paramLabel = "FILE", description = "Write to a file.")
  private @Nullable Path output;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException {
    ExportRun run = new ExportRun(store, targets, resolution, format.isCsv);
    return run.run(from, to, output, spec);
  }
}
