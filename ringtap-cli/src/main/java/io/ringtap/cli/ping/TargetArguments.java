package io.ringtap.cli.ping;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.target.TargetParser;
import io.ringtap.target.TargetParser.BadTarget;
import io.ringtap.target.TargetSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Who is pinged.
final class TargetArguments {
  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description = {
        "A name; an IPv4 or IPv6 address, with %%scope where it needs one; a prefix (10.0.0.0/24:"
            + " all of its addresses, the first and the last too); a range (10.0.0.1-10.0.0.9,"
            + " ::1-::9); or - for standard input."
      })
  private List<String> targets = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description =
          "Take targets from a file too (- is standard input): any number a line, # begins a"
              + " comment.")
  private List<String> files = List.of();

  @Option(
      names = {"-m", "--all-addresses"},
      description = "Ping every address of a name, not only the first.")
  private boolean isEveryAddress;

  @Option(names = "--yes", description = "Ping more than 131072 addresses without asking back.")
  private boolean isSure;

  /// Whether a name stands for all of its addresses.
  boolean isEveryAddress() {
    return isEveryAddress;
  }

  /// Whether any number of addresses is meant.
  boolean isSure() {
    return isSure;
  }

  /// The targets on the command line.
  List<TargetSpec> specs(TargetParser parser) throws BadArgument {
    List<TargetSpec> specs = new ArrayList<>();
    for (String target : targets) {
      if (!target.equals(StandardInput.DASH)) {
        try {
          specs.add(parser.parse(target));
        } catch (BadTarget e) {
          throw new BadArgument(String.valueOf(e.getMessage()) + hint(target));
        }
      }
    }
    return specs;
  }

  /// A number after `-m` is meant as that of ping.
  private String hint(String target) {
    boolean isNumber = target.matches("\\d+|0x\\p{XDigit}+");
    return isEveryAddress && isNumber
        ? "; -m is for all addresses of a name, a firewall mark is --mark " + target
        : "";
  }

  /// The files of further targets.
  List<String> readableFiles() throws BadArgument {
    List<String> all = new ArrayList<>(files);
    for (String target : targets) {
      if (target.equals(StandardInput.DASH)) {
        all.add(target);
      }
    }
    for (String file : all) {
      requireReadable(file);
    }
    return all;
  }

  private void requireReadable(String file) throws BadArgument {
    if (file.equals(StandardInput.DASH)) {
      return;
    }
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      // ping's -f takes no argument, so that what follows is its target.
      boolean mayBeHost = targets.isEmpty() && !file.contains("/");
      String hint = mayBeHost ? " (-f reads targets from a file; to flood is -i 0)" : "";
      throw new BadArgument(file + ": no such file" + hint);
    }
    if (Files.isDirectory(path) || !Files.isReadable(path)) {
      throw new BadArgument(file + (Files.isDirectory(path) ? ": a directory" : ": not readable"));
    }
  }
}
