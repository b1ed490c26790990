package io.ringtap.cli.source;

import io.ringtap.bpf.CookedProgram;
import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.XdpFilter;
import io.ringtap.packet.LinkType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The arguments that say what packets must pass.
public final class FilterArguments {

  @Mixin private ExpressionArguments expressions = new ExpressionArguments();

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

  @Option(
      names = {"-O", "--no-optimize"},
      description = "Do not make the expression's program short.")
  private boolean isPlain;

  /// What packets must pass, as if they began as in a file; null passes all.
  ///
  /// @throws BadArgument if a file cannot be read, or there is more than one filter
  public @Nullable CaptureFilter filter() throws BadArgument {
    String expression = expressions.text();
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
    return new CaptureFilter.Expression(expression, isAnyVlan, !isPlain);
  }

  /// The same filter for XDP on Ethernet; null passes all.
  ///
  /// @throws BadArgument as [#filter]
  /// @throws FilterException if it is not valid, or XDP cannot run it
  public @Nullable XdpFilter xdpFilter() throws BadArgument {
    return switch (filter()) {
      case CaptureFilter.Program(var ready) -> XdpFilter.of(ready);
      case CaptureFilter.Expression(var text, var anyVlan, var optimize) ->
          XdpFilter.compile(
              text,
              FilterOptions.of(LinkType.ETHERNET).withAnyVlan(anyVlan).withOptimize(optimize));
      case null -> null;
    };
  }

  /// Says what is wrong with the expression, and where it stands.
  public BadArgument refusal(FilterException e) {
    return expressions.refusal(e);
  }

  /// The filter for the sockets of these interfaces, as the kernel runs it.
  ///
  /// @throws IllegalArgumentException if a program loads what the kernel does not report
  static @Nullable CaptureFilter forSockets(@Nullable CaptureFilter filter, List<String> names) {
    return filter instanceof CaptureFilter.Program(var ready) && names.contains(CaptureOptions.ANY)
        ? CaptureFilter.program(CookedProgram.forKernel(ready, LinkType.LINUX_SLL2))
        : filter;
  }
}
