package io.ringtap.dist.manual;

import io.ringtap.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/// Writes the man pages of all commands into a directory: `ringtap.1`, `ringtap-ping.1` and so on.
///
/// `ManualPages DIRECTORY VERSION TIME`, where the time, as `2026-11-30T00:00:00Z`, is that of the
/// build's sources, so that the pages are the same each time.
public final class ManualPages {
  private ManualPages() {}

  /// Writes the pages.
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      System.err.println("usage: ManualPages DIRECTORY VERSION TIME");
      System.exit(3);
    }
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    String date = Instant.parse(arguments[2]).atOffset(ZoneOffset.UTC).toLocalDate().toString();
    for (var page : pages(arguments[1], date).entrySet()) {
      Files.writeString(directory.resolve(page.getKey() + ".1"), page.getValue());
    }
  }

  /// The pages by their names, such as `ringtap-ping`.
  ///
  /// @param date as `2026-11-30`
  static Map<String, String> pages(String version, String date) throws IOException {
    Map<String, String> pages = new TreeMap<>();
    add(Main.model(), version, date, pages);
    return pages;
  }

  private static void add(
      CommandLine command, String version, String date, Map<String, String> pages)
      throws IOException {
    CommandPage page = new CommandPage(command);
    pages.put(page.name(), page.write(version, date));
    for (CommandLine each : command.getSubcommands().values()) {
      add(each, version, date, pages);
    }
  }
}
