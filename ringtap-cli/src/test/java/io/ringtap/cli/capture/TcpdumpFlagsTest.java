package io.ringtap.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Failures;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/// Every flag that `tcpdump --help` names is a flag here, and `docs/capture.md` says what it does.
class TcpdumpFlagsTest {
  private static final Path DOCUMENTATION = Path.of("../docs/capture.md");
  private static final Pattern LETTERS = Pattern.compile("\\[-([A-Za-z#]+)\\]");
  private static final Pattern WITH_ARGUMENT = Pattern.compile("\\[ (-[A-Za-z]|--[a-z-]+) \\w");
  private static final Pattern WORD = Pattern.compile("\\[ ?(--[a-z-]+) ?\\]");
  private static final Pattern ROW = Pattern.compile("\\| (`-.*?`) \\| (.*) \\|");
  private static final Pattern QUOTED = Pattern.compile("`(-[^`]+)`");

  /// The long names that only the manual page has, as tcpdump takes them.
  private static final List<String> OF_THE_MANUAL =
      List.of(
          "--buffer-size=100",
          "--list-interfaces",
          "--interface=lo",
          "--monitor-mode",
          "--time-stamp-type=host",
          "--list-time-stamp-types",
          "--dont-verify-checksums",
          "--list-data-link-types",
          "--no-optimize",
          "--no-promiscuous-mode",
          "--direction=in",
          "--absolute-tcp-sequence-numbers",
          "--snapshot-length=100",
          "--packet-buffered",
          "--linktype=EN10MB",
          "--relinquish-privileges=root");

  /// The flags, each with whether an argument follows.
  private static TreeMap<String, Boolean> flags;

  /// What the table of the documentation says of each flag.
  private static TreeMap<String, String> table;

  @BeforeAll
  static void read() throws IOException {
    Requirement.tool("tcpdump");
    flags = new TreeMap<>();
    Process process = new ProcessBuilder("tcpdump", "--help").redirectErrorStream(true).start();
    String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    for (Matcher all = LETTERS.matcher(help); all.find(); ) {
      all.group(1).chars().forEach(letter -> flags.put("-" + (char) letter, false));
    }
    for (Matcher all = WORD.matcher(help); all.find(); ) {
      flags.put(all.group(1), false);
    }
    for (Matcher all = WITH_ARGUMENT.matcher(help); all.find(); ) {
      flags.put(all.group(1), true);
    }
    for (String each : OF_THE_MANUAL) {
      int value = each.indexOf('=');
      flags.put(value < 0 ? each : each.substring(0, value), value >= 0);
    }
    table = new TreeMap<>();
    for (String line : Files.readAllLines(DOCUMENTATION)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        for (Matcher flag = QUOTED.matcher(row.group(1)); flag.find(); ) {
          table.putIfAbsent(flag.group(1), row.group(2));
        }
      }
    }
  }

  /// tcpdump knows the names of the list; otherwise it would refuse them before it says what it is.
  @Test
  void listsLongNamesThatTcpdumpHas() throws Exception {
    for (String none : List.of("--number", "--no-such-name")) {
      List<String> words = new ArrayList<>(List.of("tcpdump"));
      words.addAll(OF_THE_MANUAL);
      words.addAll(List.of(none, "--version"));
      words.remove("--list-interfaces"); // which it does at once
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();

      assertThat(process.waitFor() == 0).as(none).isEqualTo(none.equals("--number"));
    }
  }

  @Test
  void listsTheTypesThatTcpdumpHas() throws Exception {
    List<String> refused = new ArrayList<>();
    for (String word : PacketType.WORDS) {
      if (new ProcessBuilder("tcpdump", "-T", word, "--version").start().waitFor() != 0) {
        refused.add(word);
      }
    }

    assertThat(refused).isEmpty();
    assertThat(new ProcessBuilder("tcpdump", "-T", "none", "--version").start().waitFor())
        .isNotZero();
  }

  @Test
  void knowsThemAllWithTheSameArguments() {
    assertThat(flags).hasSizeGreaterThan(50).containsEntry("-w", true).containsEntry("-#", false);
    CommandLine line = new CommandLine(new CaptureCommand());

    List<String> differences = new ArrayList<>();
    flags.forEach((flag, hasArgument) -> {
      OptionSpec option = line.getCommandSpec().findOption(flag);
      if (option == null) {
        differences.add(flag + " is not known");
      } else if (hasArgument != (option.arity().max() > 0 && !isSwitch(option))) {
        differences.add(flag + (hasArgument ? " takes no argument" : " takes an argument"));
      }
    });
    assertThat(differences).isEmpty();
  }

  private static boolean isSwitch(OptionSpec option) {
    return option.type() == boolean.class || option.type() == boolean[].class;
  }

  /// A long name that has a letter is that letter's, which the table has.
  @Test
  void saysOfEachWhatItDoes() {
    CommandLine line = new CommandLine(new CaptureCommand());

    List<String> missing = new ArrayList<>(new TreeSet<>(flags.keySet()));
    missing.removeIf(flag -> {
      OptionSpec option = line.getCommandSpec().findOption(flag);
      return option != null && List.of(option.names()).stream().anyMatch(table::containsKey);
    });
    assertThat(missing).isEmpty();
  }

  @Test
  void refusesThoseThatTheTableCallsRefused() {
    List<String> refused =
        table.entrySet().stream()
            .filter(row -> row.getValue().startsWith("refused"))
            .map(Map.Entry::getKey)
            .toList();

    assertThat(refused).hasSizeGreaterThan(3);
    for (String flag : refused) {
      StringWriter err = new StringWriter();
      CommandLine line =
          Failures.handle(new CommandLine(new CaptureCommand()))
              .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
              .setErr(new PrintWriter(err, true));

      boolean isSwitch = isSwitch(line.getCommandSpec().findOption(flag));
      int code = isSwitch ? line.execute(flag) : line.execute(flag, "x");

      assertThat(code).as(flag).isEqualTo(ExitCode.BAD_ARGUMENTS);
      assertThat(err.toString()).matches("capture: no " + flag + " here: .{20,}\n");
    }
  }

  @Test
  void takesThoseWithoutAnEffect() {
    List<String> idle =
        table.entrySet().stream()
            .filter(row -> row.getValue().startsWith("no effect"))
            .map(Map.Entry::getKey)
            .toList();

    assertThat(idle).hasSizeGreaterThan(5);
    for (String flag : idle) {
      CommandLine line = new CommandLine(new CaptureCommand());

      assertThat(line.parseArgs(flag, "udp").hasMatchedOption(flag)).isTrue();
    }
  }
}
