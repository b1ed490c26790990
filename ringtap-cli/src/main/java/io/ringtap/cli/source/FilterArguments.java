package io.ringtap.cli.source;

import io.ringtap.bpf.CookedProgram;
import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.cli.argument.ExpressionFile;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.packet.LinkType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The arguments that say what packets must pass.
public final class FilterArguments {

  @Parameters(
      arity = "0..*",
      paramLabel = "EXPRESSION",
      description =
          "Take the packets that match this, in tcpdump's language: tcp port 80. Default: all.")
  private List<String> words = List.of();

  @Option(
      names = "-F",
      paramLabel = "FILE",
      description = "Read the expression from a file, in which # begins a comment.")
  private @Nullable String file;

  @Option(
      names = "--vlan-any",
      description = "The expression matches packets with VLAN tags as it does those without.")
  private boolean isAnyVlan;

  @Option(
      names = "--bpf-program",
      paramLabel = "FILE",
      description =
          "Take the packets that this program passes, as 'ringtap filter -ddd' prints it.")
  private @Nullable String program;

  /// What packets must pass, as if they began as in a file; null passes all.
  ///
  /// @throws BadArgument if a file cannot be read, or there is more than one filter
  public @Nullable CaptureFilter filter() throws BadArgument {
    String expression = expression();
    String path = program;
    if (path != null) {
      if (expression != null || isAnyVlan) {
        throw new BadArgument(
            "--bpf-program is a filter already: it excludes "
                + (expression == null ? "--vlan-any" : "an expression"));
      }
      return CaptureFilter.program(Programs.read(path));
    }
    if (expression == null) {
      if (isAnyVlan) {
        throw new BadArgument("--vlan-any is about an expression, and there is none");
      }
      return null;
    }
    return new CaptureFilter.Expression(expression, isAnyVlan);
  }

  private @Nullable String expression() throws BadArgument {
    String path = file;
    if (path == null) {
      return words.isEmpty() ? null : String.join(" ", words);
    }
    if (!words.isEmpty()) {
      throw new BadArgument("-F and an expression exclude each other");
    }
    try {
      return ExpressionFile.read(path);
    } catch (IOException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  /// The filter for the sockets of these interfaces, as the kernel runs it.
  ///
  /// @throws IllegalArgumentException if a program loads what the kernel does not tell
  static @Nullable CaptureFilter forSockets(@Nullable CaptureFilter filter, List<String> names) {
    return filter instanceof CaptureFilter.Program(var ready) && names.contains(CaptureOptions.ANY)
        ? CaptureFilter.program(CookedProgram.forKernel(ready, LinkType.LINUX_SLL2))
        : filter;
  }
}
