package io.ringtap.lab.experiment;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What the processes of a tree have and have done, as far as they still are
/// (`proc_pid_status(5)`).
///
/// @param rssBytes memory that they have now
/// @param switches of context since they began, voluntary or not, of all their threads
record ProcessTree(long rssBytes, long switches) {
  private static final ProcessTree NONE = new ProcessTree(0, 0);

  /// Reads a process and all that it has started.
  static ProcessTree of(long pid) {
    return ProcessHandle.of(pid)
        .map(root -> Stream.concat(Stream.of(root), root.descendants()))
        .orElseGet(Stream::empty)
        .map(process -> ofOne(process.pid()))
        .reduce(NONE, ProcessTree::plus);
  }

  private ProcessTree plus(ProcessTree other) {
    return new ProcessTree(rssBytes + other.rssBytes, switches + other.switches);
  }

  private static ProcessTree ofOne(long pid) {
    Path directory = Path.of("/proc", Long.toString(pid));
    long switches = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(directory.resolve("task"))) {
      for (Path task : tasks) {
        switches += sum(task.resolve("status"), "ctxt_switches");
      }
      return new ProcessTree(sum(directory.resolve("status"), "VmRSS") << 10, switches);
    } catch (IOException _) {
      return new ProcessTree(0, switches); // it has ended
    }
  }

  /// The sum of all figures of which the name has a part.
  private static long sum(Path status, String name) throws IOException {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.substring(0, Math.max(0, line.indexOf(':'))).contains(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    }
  }
}
