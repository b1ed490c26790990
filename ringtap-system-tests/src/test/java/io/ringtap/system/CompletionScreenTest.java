package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.dist.completion.CompletionScripts;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody sees who presses Tab.
class CompletionScreenTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bash | . /usr/share/bash-completion/bash_completion; . ./ringtap
          zsh  | PS1='$ ' exec zsh -f
          fish | exec fish --no-config -C "function fish_prompt; echo -n '\\$ '; end; source ringtap.fish"
          """)
  void tabCompletesAndListsChoices(String shell, String start) throws Exception {
    Requirement.root();
    Requirement.tool("tmux");
    Requirement.tool(shell);
    CompletionScripts.main(new String[] {directory.toString()});
    try (NetworkNamespace namespace = NetworkNamespace.create("completion");
        Screen screen = Screen.open(namespace, List.of("true"), directory)) {
      screen.type(start);
      if (shell.equals("zsh")) {
        screen.type("fpath=($PWD $fpath); autoload -U compinit; compinit -u -D");
      }
      screen.type("clear");
      screen.await(lines -> lines.equals(List.of("$")));

      screen.begin("ringtap pca");
      screen.press("Tab");
      screen.await(lines -> lines.getFirst().equals("$ ringtap pcap"));
      screen.begin("sp");
      screen.press("Tab");
      screen.await(lines -> lines.getFirst().equals("$ ringtap pcap split"));
      screen.begin("--format=pcapn");
      screen.press("Tab");
      screen.await(lines -> lines.getFirst().equals("$ ringtap pcap split --format=pcapng"));
      screen.press("C-u");
      screen.begin("ringtap ping --time");
      screen.press("Tab");
      screen.press("Tab");
      List<String> lines =
          screen.await(all -> all.size() > 1 && String.join(" ", all).contains("--timestamps"));

      String shown = String.join("\n", lines);
      assertThat(shown).contains("--timeout");
      assertThat(shown.contains("Begin lines with the time")).isEqualTo(!shell.equals("bash"));
    }
  }
}
