package io.ringtap.lab.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Processes of labs that live no more. Every process that a lab starts bears in its environment
/// who started it, and passes that on to its children, so that the next lab finds those whose lab
/// was killed. Namespaces have no names and end with their last process.
public final class Leftovers {
  /// The variable that every process of a lab has: pid and start time of the lab.
  static final String VARIABLE = "RINGTAP_LAB";

  private static final int START_TIME = 19; // field of stat after the command's name
  private static final Path PROC = Path.of("/proc");
  private static final String OWN = ownMark();

  private Leftovers() {}

  /// What a process of this lab has in [#VARIABLE]. The start time tells this lab from a later
  /// process with its pid.
  static String mark() {
    return OWN;
  }

  private static String ownMark() {
    long pid = ProcessHandle.current().pid();
    return pid
        + ":"
        + startTime(pid).orElseThrow(() -> new IllegalStateException("no /proc/" + pid + "/stat"));
  }

  /// Ends every process whose lab has ended, and waits until they are gone.
  ///
  /// @return how many there were
  /// @throws IOException if `/proc` cannot be read
  public static int clean() throws IOException, InterruptedException {
    int found = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path directory : processes) {
        long pid = Long.parseLong(directory.getFileName().toString());
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent() && isLeftover(directory)) {
          found++;
          end(process.get());
        }
      }
    }
    return found;
  }

  /// Whether this lab has started the process, or a process that it has started has.
  public static boolean isOfThisLab(long pid) {
    return markOf(PROC.resolve(Long.toString(pid))).filter(OWN::equals).isPresent();
  }

  private static boolean isLeftover(Path directory) {
    return markOf(directory).filter(mark -> !isAlive(mark)).isPresent();
  }

  private static Optional<String> markOf(Path directory) {
    try {
      String environment =
          Files.readString(directory.resolve("environ"), StandardCharsets.ISO_8859_1);
      for (String variable : environment.split("\0", -1)) {
        if (variable.startsWith(VARIABLE + "=")) {
          return Optional.of(variable.substring(VARIABLE.length() + 1));
        }
      }
    } catch (IOException _) {
      // It has ended, or it is another user's.
    }
    return Optional.empty();
  }

  /// A handle knows when its process was started, and so never ends another one.
  private static void end(ProcessHandle process) throws InterruptedException {
    boolean _ = process.destroyForcibly();
    for (int i = 0; i < 500 && process.isAlive(); i++) {
      Thread.sleep(10);
    }
  }

  private static boolean isAlive(String mark) {
    int colon = mark.indexOf(':');
    try {
      long pid = Long.parseLong(mark, 0, colon < 0 ? mark.length() : colon, 10);
      return startTime(pid).filter(mark.substring(colon + 1)::equals).isPresent();
    } catch (NumberFormatException _) {
      return true; // not a mark of ours
    }
  }

  /// In ticks since the machine was booted; empty where there is no such process, or it has ended
  /// and only waits to be reaped.
  private static Optional<String> startTime(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[0].equals("Z") ? Optional.empty() : Optional.of(fields[START_TIME]);
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
