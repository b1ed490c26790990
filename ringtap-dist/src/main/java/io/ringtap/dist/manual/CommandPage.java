package io.ringtap.dist.manual;

import static io.ringtap.dist.manual.Roff.bold;
import static io.ringtap.dist.manual.Roff.italic;
import static io.ringtap.dist.manual.Roff.plain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The page of one command.
final class CommandPage {
  /// An option in a text of the model.
  private static final Pattern OPTION = Pattern.compile("(?<![\\w./:-])--?\\w(?:[\\w.-]*\\w)?|-#");

  /// What stands for something else in a synopsis.
  private static final Pattern LABEL = Pattern.compile("(?<![\\w-])[A-Z]+(?!\\w)");

  private final CommandSpec spec;
  private final UsageMessageSpec usage;
  private final Footer footer;
  private final Prose prose;

  /// @throws IOException if its Markdown file is missing or has another form
  CommandPage(CommandLine command) throws IOException {
    spec = command.getCommandSpec();
    usage = spec.usageMessage();
    footer = Footer.of(usage);
    prose = Prose.of(name());
  }

  /// `ringtap-pcap-info` for `ringtap pcap info`.
  String name() {
    return spec.qualifiedName("-");
  }

  /// The page's text.
  ///
  /// @param version of Ringtap
  /// @param date as `2026-11-30`
  String write(String version, String date) {
    Roff page = new Roff(name().toUpperCase(Locale.ROOT), date, "ringtap " + version);
    page.section("NAME").text(plain(name()) + " \\- " + plain(prose.summary()));
    page.section("SYNOPSIS").text(synopsis());
    page.section("DESCRIPTION");
    description(page);
    page.section("OPTIONS");
    spec.positionalParameters().forEach(each -> page.item(term(each), description(each)));
    options().forEach(each -> page.item(term(each), description(each)));
    page.section("EXAMPLES");
    footer.examples().forEach(each -> example(page, each));
    prose.write("EXAMPLES", page);
    page.section("EXIT STATUS");
    exitCodes(page);
    for (String section : List.of("JSON FIELDS", "ENVIRONMENT", "FILES", "SECURITY")) {
      if (prose.has(section)) {
        page.section(section);
        prose.write(section, page);
      }
    }
    page.section("SEE ALSO").text(seeAlso());
    return page.toString();
  }

  private String synopsis() {
    String text = new Help(spec, Help.defaultColorScheme(Ansi.OFF)).synopsis(0);
    text = text.strip().replaceAll("\\s+", " ");
    int end =
        text.startsWith(spec.qualifiedName()) ? spec.qualifiedName().length() : text.indexOf(' ');
    return bold(text.substring(0, end))
        + marked(OPTION, Roff::bold, marked(LABEL, Roff::italic, plain(text.substring(end))));
  }

  private void description(Roff page) {
    Stream.of(usage.description())
        .filter(each -> !each.isEmpty())
        .forEach(each -> page.paragraph(text(each)));
    prose.write("DESCRIPTION", page);
    footer.remarks().forEach((heading, remark) -> page.subsection(heading).paragraph(text(remark)));
    if (!spec.subcommands().isEmpty()) {
      page.subsection(headingOf(usage.commandListHeading(), "Commands"));
      for (CommandLine each : spec.subcommands().values()) {
        CommandSpec command = each.getCommandSpec();
        page.item(
            bold(command.name()),
            text(command.usageMessage().description()[0]) + " See " + reference(command) + ".");
      }
    }
  }

  private List<OptionSpec> options() {
    List<OptionSpec> options = new ArrayList<>(spec.options());
    options.sort(
        usage.sortOptions()
            ? Help.createShortOptionNameComparator()
            : Comparator.comparingInt(OptionSpec::order));
    options.removeIf(OptionSpec::hidden);
    return options;
  }

  private static String term(PositionalParamSpec parameter) {
    return italic(parameter.paramLabel()) + (parameter.arity().max() > 1 ? "..." : "");
  }

  private static String term(OptionSpec option) {
    String names = Stream.of(option.names()).map(Roff::bold).collect(Collectors.joining(", "));
    if (option.arity().max() == 0) {
      return names;
    }
    String separator = option.longestName().startsWith("--") ? "=" : " ";
    return names + separator + italic(option.paramLabel());
  }

  private static String description(ArgSpec argument) {
    return text(String.join(" ", argument.description()));
  }

  private static void example(Roff page, Footer.Example example) {
    if (example.meaning().isEmpty()) {
      page.paragraph(bold(example.command()));
    } else {
      page.item(bold(example.command()), sentence(example.meaning()));
    }
  }

  /// The command's own codes, or those of the command that it is a part of.
  private void exitCodes(Roff page) {
    CommandSpec owner = spec;
    while (owner.usageMessage().exitCodeList().isEmpty() && owner.parent() != null) {
      owner = owner.parent();
    }
    String heading = headingOf(owner.usageMessage().exitCodeListHeading(), "");
    int remark = heading.indexOf('(');
    if (remark >= 0) {
      page.paragraph(sentence(heading.substring(remark + 1, heading.indexOf(')'))));
    }
    for (Map.Entry<String, String> each : owner.usageMessage().exitCodeList().entrySet()) {
      page.item(bold(each.getKey()), sentence(each.getValue()));
    }
  }

  /// The pages of the commands above and below, and others.
  private String seeAlso() {
    Stream<CommandSpec> above = Stream.ofNullable(spec.parent());
    Stream<CommandSpec> below =
        spec.subcommands().values().stream().map(CommandLine::getCommandSpec);
    Stream<String> own = Stream.concat(above, below).map(CommandPage::reference);
    Stream<String> others = prose.section("SEE ALSO").stream().map(Markdown::inline);
    return Stream.concat(own, others).collect(Collectors.joining(", "));
  }

  private static String reference(CommandSpec command) {
    return bold(command.qualifiedName("-")) + "(1)";
  }

  private static String headingOf(String heading, String otherwise) {
    String text = heading.replace("%n", "").strip();
    return text.isEmpty() ? otherwise : text.substring(0, text.length() - 1);
  }

  /// With a capital letter and a full stop.
  private static String sentence(String text) {
    String end = text.matches(".*[.?!]") ? "" : ".";
    return text(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + end);
  }

  /// A text of the model, in which options are marked.
  private static String text(String text) {
    String line = text.replace("%n", " ").replace("%%", "%").strip().replaceAll("\\s+", " ");
    return marked(OPTION, Roff::bold, plain(line));
  }

  private static String marked(Pattern pattern, UnaryOperator<String> mark, String text) {
    return pattern
        .matcher(text)
        .replaceAll(each -> Matcher.quoteReplacement(mark.apply(each.group())));
  }
}
