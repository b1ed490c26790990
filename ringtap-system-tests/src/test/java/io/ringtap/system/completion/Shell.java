package io.ringtap.system.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A shell that completes command lines, with a script of its own language around it. All run with
/// `set -u`, where there is that, and with an unusual IFS.
enum Shell {
  BASH("bash", "--norc", "--noprofile"),
  ZSH("zsh", "-f"),
  FISH("fish", "--no-config");

  private static final String LINE = "> ";

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
  private final List<String> words;

  Shell(String... words) {
    this.words = List.of(words);
  }

  String program() {
    return words.getFirst();
  }

  /// Where lines are completed.
  ///
  /// @param scripts the directory of the completions
  /// @param home the home directory
  /// @param working the working directory
  /// @param hosts what is to be in /etc/hosts
  record World(Path scripts, Path home, Path working, Path hosts) {}

  /// Completes lines at their ends.
  ///
  /// @return the candidates of each line; of fish, each with its description after a tab
  Map<String, List<String>> complete(World world, List<String> lines)
      throws IOException, InterruptedException {
    Requirement.root();
    Requirement.tool(program());
    Path scripts = world.scripts();
    Path driver = copy("drive." + program(), scripts);
    if (this == ZSH) {
      copy("drive-setup.zsh", scripts);
    }
    String inside = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "--mount", "sh", "-c", inside, world.hosts().toString()));
    command.addAll(words);
    command.addAll(List.of(driver.toString(), scripts.toString()));
    Path input = Files.write(scripts.resolve("lines"), lines);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(world.working().toFile())
            .redirectInput(input.toFile());
    builder.environment().put("HOME", world.home().toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("XDG_CONFIG_HOME");
    Command.Result result = Command.finish(builder.start());

    assertThat(result.err()).as(program() + " writes nothing to standard error").isEmpty();
    assertThat(result.exitCode()).isZero();
    return candidates(result.out());
  }

  private static Map<String, List<String>> candidates(List<String> printed) {
    Map<String, List<String>> candidates = new LinkedHashMap<>();
    List<String> ofLine = List.of();
    for (String each : printed) {
      if (each.startsWith(LINE)) {
        ofLine = new ArrayList<>();
        candidates.put(each.substring(LINE.length()), ofLine);
      } else if (!each.isEmpty()) {
        ofLine.add(each);
      }
    }
    return candidates;
  }

  private static Path copy(String name, Path directory) throws IOException {
    Path file = directory.resolve(name);
    try (InputStream resource = Shell.class.getResourceAsStream(name)) {
      String text =
          new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
      return Files.writeString(file, text);
    }
  }
}
