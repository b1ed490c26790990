package io.ringtap.cli.capture;

import io.ringtap.cli.run.Messages;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Priority;
import io.ringtap.savefile.SavefileOpener;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// `-z`: runs a command on each file that a rotation has completed, as tcpdump does: without a
/// shell, beside the capture, with the lowest priority. The command has no standard input, which
/// may be packets.
final class FileCommand implements AutoCloseable {
  private static final int LOWEST = 19;
  private static final File NOTHING = new File("/dev/null");

  private final @Nullable String command;
  private final Messages messages;
  private final List<CompletableFuture<Process>> running = new ArrayList<>(); // the starter's
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon().name("ringtap-z").unstarted(task));
  private @Nullable Path present; // the writing thread's

  /// @param command null runs nothing
  FileCommand(@Nullable String command, Messages messages) {
    this.command = command;
    this.messages = messages;
    if (command != null) {
      // A command inherits the nice value of the thread that starts it.
      starter.execute(() -> {
        int _ = Libc.setpriority(CallState.current(), Priority.PRIO_PROCESS, 0, LOWEST);
      });
    }
  }

  /// An opener of files, which is called for the next file once the one before is complete.
  SavefileOpener watching(SavefileOpener opener) {
    return (path, options) -> {
      fileIsComplete();
      var opened = opener.open(path, options);
      present = path;
      return opened;
    };
  }

  /// Runs the command on the file that was opened last. For the writing thread, or once it has
  /// ended.
  void fileIsComplete() {
    Path file = present;
    present = null;
    String program = command;
    if (program != null && file != null) {
      starter.execute(() -> start(program, file.toString()));
    }
  }

  private void start(String program, String file) {
    try {
      Process process =
          new ProcessBuilder(program, file)
              .redirectInput(Redirect.from(NOTHING))
              .redirectOutput(Redirect.INHERIT)
              .redirectError(Redirect.INHERIT)
              .start();
      running.removeIf(CompletableFuture::isDone);
      running.add(process.onExit().whenComplete((ended, _) -> report(program, file, ended)));
    } catch (IOException e) {
      messages.print("-z %s %s: %s".formatted(program, file, reason(e)));
    }
  }

  private void report(String program, String file, Process ended) {
    int code = ended.exitValue();
    if (code != 0) {
      messages.print("-z %s %s: exit code %d".formatted(program, file, code));
    }
  }

  /// What stands in the parentheses of `Cannot run program "x": Exec failed, error: 2 (No such file
  /// or directory) `.
  private static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    int begin = message.lastIndexOf('(');
    int end = message.lastIndexOf(')');
    return begin >= 0 && begin < end ? message.substring(begin + 1, end) : message;
  }

  /// Waits until all commands have ended.
  @Override
  public void close() {
    starter.close();
    running.forEach(CompletableFuture::join);
  }
}
