package io.ringtap.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Limits this process to a few more descriptors until it is closed, to test an operation that
/// fails halfway. Loading classes from directories fails under the limit too, so run the operation
/// once without the limit first.
public final class DescriptorLimit implements AutoCloseable {
  private static final Path OPEN = Path.of("/proc/self/fd");

  // prlimit(1) runs in a process that already exists, because a new one would need descriptors.
  private static final String SCRIPT =
      """
      read soft && prlimit --pid "$1" --nofile="$soft": && echo limited
      read _
      prlimit --pid "$1" --nofile="$2":
      """;

  private final Process helper;

  private DescriptorLimit(Process helper) {
    this.helper = helper;
  }

  /// Limits this process to `more` more descriptors.
  public static DescriptorLimit leaving(int more) throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    Process helper =
        new ProcessBuilder("sh", "-c", SCRIPT, "sh", pid, softLimit())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    DescriptorLimit limit = new DescriptorLimit(helper);
    limit.send(Integer.toString(firstBeyond(more)));
    BufferedReader answers = helper.inputReader();
    if (!"limited".equals(answers.readLine())) {
      limit.close();
      throw new IOException("prlimit failed");
    }
    return limit;
  }

  /// The limit below which `more` numbers are free.
  private static int firstBeyond(int more) throws IOException {
    List<Path> listed;
    try (Stream<Path> descriptors = Files.list(OPEN)) {
      listed = new ArrayList<>(descriptors.toList());
    }
    // The descriptor of the listing itself is gone.
    listed.removeIf(descriptor -> !Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS));
    TreeSet<Integer> used = new TreeSet<>();
    listed.forEach(
        descriptor -> used.add(Integer.valueOf(String.valueOf(descriptor.getFileName()))));
    int limit = 0;
    for (int free = 0; free < more || used.contains(limit); limit++) {
      free += used.contains(limit) ? 0 : 1;
    }
    return limit;
  }

  private static String softLimit() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
      if (line.startsWith("Max open files")) {
        return line.split("\\s+", -1)[3];
      }
    }
    throw new IOException("/proc/self/limits has no limit of open files");
  }

  private void send(String line) throws IOException {
    Writer to = helper.outputWriter();
    to.write(line + "\n");
    to.flush();
  }

  @Override
  public void close() throws IOException {
    send("");
    try {
      helper.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    helper.inputReader().close();
    helper.outputWriter().close();
    helper.errorReader().close();
  }
}
