package io.ringtap.cli.run;

import picocli.CommandLine.Model.CommandSpec;

/// The number of the program's version.
public final class ProgramVersion {
  private ProgramVersion() {}

  /// `0.1.0` of `ringtap 0.1.0 (Java 25)`, as the command or the one above it says for `--version`.
  public static String of(CommandSpec spec) {
    String[] lines = spec.version();
    CommandSpec parent = spec.parent();
    if (lines.length == 0 && parent != null) {
      return of(parent);
    }
    return lines[0].replaceAll("^\\S+ (\\S+).*", "$1");
  }
}
