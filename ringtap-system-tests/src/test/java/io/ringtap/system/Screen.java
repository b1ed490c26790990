package io.ringtap.system;

import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// A terminal of 80 columns and 24 rows with a shell in it, as somebody sees it: tmux draws it.
final class Screen implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final NetworkNamespace namespace;
  private final String socket;

  private Screen(NetworkNamespace namespace, String socket) {
    this.namespace = namespace;
    this.socket = socket;
  }

  /// Opens it. The shell knows the command as `./r` .
  ///
  /// @param directory where the shell is
  static Screen open(Command ringtap, Path directory) throws IOException, InterruptedException {
    return open(ringtap.namespace(), ringtap.words(), directory);
  }

  /// Opens one whose shell knows some words as `./r`.
  static Screen open(NetworkNamespace namespace, List<String> words, Path directory)
      throws IOException, InterruptedException {
    Path script = directory.resolve("r");
    Files.writeString(script, "#!/bin/sh\nexec '" + String.join("' '", words) + "' \"$@\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Screen screen = new Screen(namespace, directory.resolve("tmux").toString());
    String shell = "cd '" + directory + "' && PS1='$ ' LC_ALL=C.UTF-8 exec bash --norc --noprofile";
    screen.tmux("new-session", "-d", "-x", "80", "-y", "24", shell);
    screen.await(lines -> lines.contains("$"));
    return screen;
  }

  private List<String> tmux(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("tmux", "-u", "-S", socket, "-f", "/dev/null"));
    words.addAll(List.of(arguments));
    Process process = namespace.start(words.toArray(String[]::new));
    process.getOutputStream().close();
    return Command.finish(process).out();
  }

  /// Types a line.
  void type(String line) throws IOException, InterruptedException {
    begin(line);
    press("Enter");
  }

  /// Types the beginning of a line.
  void begin(String line) throws IOException, InterruptedException {
    tmux("send-keys", "-l", "--", line);
  }

  /// Presses a key, such as `C-z`.
  void press(String key) throws IOException, InterruptedException {
    tmux("send-keys", key);
  }

  void resize(int columns, int rows) throws IOException, InterruptedException {
    tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
  }

  /// The lines that are there now, without blanks at their ends and empty ones at the end.
  List<String> lines() throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(tmux("capture-pane", "-p"));
    lines.replaceAll(String::stripTrailing);
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  /// Waits until the lines are as they are wanted.
  List<String> await(Predicate<List<String>> wanted) {
    return Awaitility.await().atMost(PATIENCE).until(this::lines, wanted);
  }

  /// Waits until a line contains a text.
  List<String> awaitText(String text) {
    return await(lines -> lines.stream().anyMatch(line -> line.contains(text)));
  }

  /// Whether the cursor shows, on the screen that has what was typed.
  boolean isAsTheShellNeedsIt() throws IOException, InterruptedException {
    return tmux("display-message", "-p", "#{cursor_flag} #{alternate_on}").equals(List.of("1 0"));
  }

  @Override
  public void close() throws IOException {
    try {
      tmux("kill-server");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
