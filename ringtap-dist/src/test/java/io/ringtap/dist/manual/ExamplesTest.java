package io.ringtap.dist.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ringtap.cli.Main;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The command takes every example, in the help and in the pages.
class ExamplesTest {
  private final CommandLine model = Main.model();

  @Test
  void areTakenByTheirCommand() throws IOException {
    for (CommandLine command : Commands.all()) {
      List<List<String>> examples = examples(command);
      assertThat(examples).as(Commands.pageOf(command)).isNotEmpty();
      for (List<String> words : examples) {
        assertThatCode(() -> model.parseArgs(words.toArray(String[]::new)))
            .as(String.join(" ", words))
            .doesNotThrowAnyException();
      }
    }
  }

  private static List<List<String>> examples(CommandLine command) throws IOException {
    List<String> lines = new ArrayList<>();
    Footer.of(command.getCommandSpec().usageMessage())
        .examples()
        .forEach(each -> lines.add(each.command()));
    for (List<Node> section : Prose.of(Commands.pageOf(command)).sections().values()) {
      for (Node node : section) {
        if (node instanceof IndentedCodeBlock code) {
          code.getLiteral().lines().forEach(lines::add);
        }
      }
    }
    return lines.stream().flatMap(ExamplesTest::commandsOf).toList();
  }

  /// What the commands of ours in a line are called with.
  private static Stream<List<String>> commandsOf(String line) {
    return pipeline(line).stream()
        .filter(words -> !words.isEmpty())
        .flatMap(words ->
            switch (words.getFirst()) {
              case "ringtap" -> Stream.of(words.subList(1, words.size()));
              case "ping" -> {
                List<String> asPing = new ArrayList<>(words);
                asPing.set(0, "as-ping");
                yield Stream.of(asPing);
              }
              default -> Stream.of();
            });
  }

  /// The commands of a line, in words, as a shell reads them; redirections are left out.
  private static List<List<String>> pipeline(String line) {
    List<List<String>> commands = new ArrayList<>(List.of(new ArrayList<>()));
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (char c : (line + ' ').toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c != ' ') {
        word.append(c);
      } else if (word.toString().equals("|")) {
        commands.add(new ArrayList<>());
        word.setLength(0);
      } else if (!word.isEmpty()) {
        commands.getLast().add(word.toString());
        word.setLength(0);
      }
    }
    for (List<String> words : commands) {
      int redirection = words.indexOf(">");
      if (redirection >= 0) {
        words.subList(redirection, words.size()).clear();
      }
    }
    return commands;
  }
}
