package io.ringtap.cli.monitor;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.terminal.Output;
import io.ringtap.monitor.export.Export;
import io.ringtap.monitor.export.ExportException;
import io.ringtap.monitor.export.ExportRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Runs `ringtap monitor export`.
///
/// @param store the folder
/// @param targets which
/// @param resolution how finely
/// @param isCsv CSV; else NDJSON
record ExportRun(Path store, List<String> targets, String resolution, boolean isCsv) {
  private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhd])");
  private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

  int run(@Nullable String from, @Nullable String to, @Nullable Path file, CommandSpec spec)
      throws BadArgument, IOException {
    Instant now = Instant.now();
    ExportRequest request =
        new ExportRequest(
            store,
            targets,
            from == null ? Instant.EPOCH : time("--from", from, now),
            to == null ? END : time("--to", to, now),
            resolution,
            isCsv);
    if (!request.from().isBefore(request.to())) {
      throw new BadArgument("--from is not before --to");
    }
    if (file == null) {
      try (Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
        return export(request, out);
      }
    }
    try (OutputStream sink = Files.newOutputStream(file);
        Output out = CommandOutput.of(sink, file.toString(), spec, () -> ExitCode.OK)) {
      return export(request, out);
    }
  }

  private static int export(ExportRequest request, Output out) throws BadArgument, IOException {
    if (!Files.isDirectory(request.store())) {
      throw new BadArgument("--store " + request.store() + " is no folder");
    }
    try {
      Export.run(request, out);
    } catch (ExportException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    boolean _ = out.drain(Long.MAX_VALUE);
    return ExitCode.OK;
  }

  /// A time as it is written, or so long before now.
  static Instant time(String option, String text, Instant now) throws BadArgument {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long count = Long.parseLong(ago.group(1));
      return now.minus(
          switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          });
    }
    try {
      Instant time =
          text.contains("T")
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      if (time.isBefore(END)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new BadArgument(
        option
            + " '"
            + text
            + "' is no time, such as 2026-11-30T04:00:00Z, 2026-11-30 or 6h (ago)");
  }
}
