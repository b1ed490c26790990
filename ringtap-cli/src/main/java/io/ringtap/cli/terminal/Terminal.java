package io.ringtap.cli.terminal;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Winsize;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/// The terminal that standard output may be.
public final class Terminal {
  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;
  private static final int PROCESS_GROUP = 2; // fields of /proc/self/stat after the name
  private static final int FOREGROUND_GROUP = 5;
  private static final String NO_TERMINAL = "-1"; // none that controls the process
  private static final int DEFAULT_ROWS = 24;
  private static final int DEFAULT_COLUMNS = 80;

  /// Rows and columns of characters.
  public record Size(int rows, int columns) {}

  private Terminal() {}

  /// Whether standard output is a terminal that a cursor can move on.
  public static boolean isInteractive() {
    return isInteractive(STANDARD_OUTPUT);
  }

  private static boolean isInteractive(int descriptor) {
    String kind = System.getenv("TERM");
    return kind != null
        && !kind.equals("dumb")
        && Libc.isatty(CallState.current(), descriptor) == 1;
  }

  /// Whether this process is in the foreground of its terminal (`proc_pid_stat(5)`).
  static boolean isForeground() {
    try {
      String status = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
      String foreground = fields[FOREGROUND_GROUP];
      return fields[PROCESS_GROUP].equals(foreground) || foreground.equals(NO_TERMINAL);
    } catch (IOException e) {
      return true; // there is no /proc
    }
  }

  /// How many columns standard error has; 0 if it is not a terminal that a cursor can move on.
  public static int errorColumns() {
    return isInteractive(STANDARD_ERROR) ? size(STANDARD_ERROR).columns() : 0;
  }

  /// Whether colours are welcome (https://no-color.org).
  public static boolean isColourWelcome() {
    String refusal = System.getenv("NO_COLOR");
    return refusal == null || refusal.isEmpty();
  }

  /// Whether characters beyond ASCII can be shown.
  public static boolean isUnicode() {
    String encoding = System.getProperty("stdout.encoding", "");
    return encoding.equalsIgnoreCase("UTF-8") || encoding.equalsIgnoreCase("UTF8");
  }

  /// The present size; 24 × 80 where the terminal does not report it.
  public static Size size() {
    return size(STANDARD_OUTPUT);
  }

  private static Size size(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment winsize = arena.allocate(Winsize.LAYOUT);
      int result = Libc.ioctl(CallState.current(), descriptor, Winsize.TIOCGWINSZ, winsize);
      int rows = result < 0 ? 0 : Winsize.rows(winsize);
      int columns = result < 0 ? 0 : Winsize.columns(winsize);
      return new Size(rows == 0 ? DEFAULT_ROWS : rows, columns == 0 ? DEFAULT_COLUMNS : columns);
    }
  }
}
