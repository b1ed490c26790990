package io.ringtap.dist.manual;

import static io.ringtap.dist.manual.Roff.bold;
import static io.ringtap.dist.manual.Roff.italic;
import static io.ringtap.dist.manual.Roff.plain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The page of one command.
final class CommandPage {
  private final CommandLine command;
  private final CommandSpec spec;
  private final UsageMessageSpec usage;

  CommandPage(CommandLine command) {
    this.command = command;
    spec = command.getCommandSpec();
    usage = spec.usageMessage();
  }

  /// `ringtap-pcap-info` for `ringtap pcap info`.
  String name() {
    return spec.qualifiedName("-");
  }

  /// The page's text.
  ///
  /// @param date as `2026-11-30`
  String write(String version, String date) {
    Roff page = new Roff().title(name().toUpperCase(Locale.ROOT), date, "ringtap " + version);
    page.section("NAME").text(plain(name()) + " \\- " + plain(usage.description()[0]));
    page.section("SYNOPSIS").text(synopsis());
    page.section("DESCRIPTION");
    Stream.of(usage.description())
        .filter(each -> !each.isEmpty())
        .forEach(each -> page.paragraph(plain(each)));
    page.section("OPTIONS");
    spec.positionalParameters().forEach(each -> page.item(term(each), description(each)));
    spec.options().forEach(each -> page.item(term(each), description(each)));
    if (!usage.exitCodeList().isEmpty()) {
      page.section("EXIT STATUS");
      for (Map.Entry<String, String> each : usage.exitCodeList().entrySet()) {
        page.item(bold(each.getKey()), plain(each.getValue()));
      }
    }
    return page.toString();
  }

  private String synopsis() {
    String text =
        new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF)).synopsis(0);
    return bold(spec.qualifiedName())
        + plain(text.strip().substring(spec.qualifiedName().length()));
  }

  private static String term(PositionalParamSpec parameter) {
    return italic(parameter.paramLabel()) + (parameter.arity().max() > 1 ? " ..." : "");
  }

  private static String term(OptionSpec option) {
    String names = Stream.of(option.names()).map(Roff::bold).collect(Collectors.joining(", "));
    if (option.arity().max() == 0) {
      return names;
    }
    return names
        + (option.longestName().startsWith("--") ? "=" : " ")
        + italic(option.paramLabel());
  }

  private static String description(ArgSpec argument) {
    return plain(String.join(" ", List.of(argument.description())));
  }
}
