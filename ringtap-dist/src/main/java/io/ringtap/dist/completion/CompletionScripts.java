package io.ringtap.dist.completion;

import io.ringtap.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// `CompletionScripts DIRECTORY` writes the completions under the names by which the shells find
/// them: `ringtap` for bash, `_ringtap` for zsh, `ringtap.fish` for fish. The same model gives the
/// same files.
public final class CompletionScripts {
  private CompletionScripts() {}

  /// Writes the scripts.
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: CompletionScripts DIRECTORY");
      System.exit(3);
    }
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    for (var script : scripts().entrySet()) {
      Files.writeString(directory.resolve(script.getKey()), script.getValue());
    }
  }

  /// The scripts by the names of their files.
  static Map<String, String> scripts() {
    Command ringtap = Command.of(Main.model());
    return Map.of(
        "ringtap", BashScript.of(ringtap),
        "_ringtap", ZshScript.of(ringtap),
        "ringtap.fish", FishScript.of(ringtap));
  }
}
