package io.ringtap.dist.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What the pages say, and that the programs which read man pages have nothing to say against it.
class ManualPagesTest {
  private static final List<String> SECTIONS =
      List.of(
          "NAME",
          "SYNOPSIS",
          "DESCRIPTION",
          "OPTIONS",
          "EXAMPLES",
          "EXIT STATUS",
          "JSON FIELDS",
          "ENVIRONMENT",
          "FILES",
          "SECURITY",
          "SEE ALSO");

  /// Those that not every command has.
  private static final List<String> OPTIONAL = List.of("JSON FIELDS", "ENVIRONMENT", "FILES");

  @TempDir private static Path directory;
  private static Map<String, String> pages;

  @BeforeAll
  static void write() throws IOException {
    ManualPages.main(new String[] {directory.toString(), "0.1.0", "2026-11-30T12:00:00Z"});
    pages = ManualPages.pages("0.1.0", "2026-11-30");
  }

  @Test
  void areThereForEachCommandAndNoOther() throws IOException {
    List<String> commands = Commands.all().stream().map(Commands::pageOf).toList();

    assertThat(pages.keySet()).containsExactlyInAnyOrderElementsOf(commands);
    try (Stream<Path> written = Files.list(directory)) {
      assertThat(written.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(commands.stream().map(each -> each + ".1").toList());
    }
    Path sources = Path.of("src/main/resources/io/ringtap/dist/manual");
    try (Stream<Path> texts = Files.list(sources)) {
      assertThat(texts.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              commands.stream().map(each -> each + ".md").toList());
    }
  }

  @Test
  void areTheSameEachTime() throws IOException {
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertThat(directory.resolve(page.getKey() + ".1")).hasContent(page.getValue());
    }
  }

  @Test
  void haveTheirSectionsInOrder() {
    pages.forEach((name, page) -> {
      List<String> sections =
          page.lines()
              .filter(line -> line.startsWith(".SH "))
              .map(line -> line.substring(4))
              .toList();
      List<String> expected = new ArrayList<>(SECTIONS);
      expected.removeIf(each -> OPTIONAL.contains(each) && !sections.contains(each));
      assertThat(sections).as(name).isEqualTo(expected);
    });
  }

  @Test
  void leaveNothingForLintersToSay() throws IOException {
    List<String> files = pages.keySet().stream().map(name -> name + ".1").toList();
    List<String> mandoc = new ArrayList<>(List.of("mandoc", "-Tlint"));
    mandoc.addAll(files);
    List<String> groff = new ArrayList<>(List.of("groff", "-ww", "-mandoc", "-Tutf8", "-z"));
    groff.addAll(files);

    assertThat(Tool.print(directory, mandoc)).isEmpty();
    assertThat(Tool.print(directory, groff)).isEmpty();
  }

  @Test
  void sayAllThatHelpSays() throws IOException {
    for (CommandLine command : Commands.all()) {
      String page = rendered(Commands.pageOf(command));
      CommandSpec spec = command.getCommandSpec();
      assertThat(page).contains("ringtap");
      for (OptionSpec option : spec.options()) {
        if (!option.hidden()) {
          assertThat(page).contains(option.names());
        }
      }
      for (ArgSpec each : spec.args()) {
        if (!each.hidden()) {
          assertThat(page).contains(words(String.join(" ", each.description())));
        }
      }
      for (String each : spec.usageMessage().description()) {
        assertThat(page).contains(words(each));
      }
      for (Map.Entry<String, String> each : spec.usageMessage().exitCodeList().entrySet()) {
        assertThat(page).containsIgnoringCase(each.getKey() + " " + words(each.getValue()));
      }
      for (String line : spec.usageMessage().footer()) {
        for (String part : line.strip().split(" {2,}", -1)) {
          assertThat(page).containsIgnoringCase(words(part.replaceFirst(":$", "")));
        }
      }
    }
  }

  /// But for the colon after a term.
  @Test
  void sayAllThatTheirTextsSay() throws IOException {
    for (String name : pages.keySet()) {
      String page = rendered(name).replace(":", "");
      Prose prose = Prose.of(name);
      assertThat(page).contains(name + " - " + prose.summary());
      AbstractVisitor reader =
          new AbstractVisitor() {
            @Override
            public void visit(Text text) {
              check(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
              check(code.getLiteral());
            }

            @Override
            public void visit(IndentedCodeBlock code) {
              check(code.getLiteral());
            }

            private void check(String text) {
              assertThat(page).containsIgnoringCase(words(text.replace(":", "")));
            }
          };
      prose.sections().values().forEach(section -> section.forEach(each -> each.accept(reader)));
    }
  }

  @Test
  void fitTheHelpOnItsLines() {
    for (CommandLine command : Commands.all()) {
      assertThat(command.getCommandSpec().usageMessage().footer())
          .as(Commands.pageOf(command))
          .allSatisfy(line -> assertThat(line).hasSizeLessThan(command.getUsageHelpWidth()));
    }
  }

  @Test
  void referToPagesThatThereAre() {
    pages.forEach((name, page) ->
        assertThat(
                Pattern.compile("\\\\fB(ringtap[a-z\\\\-]*)\\\\fR\\(1\\)")
                    .matcher(page)
                    .results()
                    .map(each -> each.group(1).replace("\\", "")))
            .as(name)
            .isNotEmpty()
            .isSubsetOf(pages.keySet()));
  }

  /// A page as a reader sees it, with single blanks and the quotes and hyphens of a keyboard.
  private static String rendered(String name) throws IOException {
    List<String> groff =
        List.of("groff", "-mandoc", "-Tutf8", "-P-cbou", "-rLL=1000n", name + ".1");
    return words(Tool.print(directory, groff));
  }

  private static String words(String text) {
    return text.replaceAll("[\u2010-\u2013\u2212]", "-")
        .replace('\u2019', '\'')
        .replace("%n", " ")
        .replace("%%", "%")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
