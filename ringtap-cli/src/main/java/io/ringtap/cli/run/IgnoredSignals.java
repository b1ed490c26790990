package io.ringtap.cli.run;

import io.ringtap.cli.signal.SignalHandlers;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Signals;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Signals that were ignored when the process began, as those of a script's background job are
/// (POSIX XCU 2.11: SIGINT and SIGQUIT).
///
/// The JVM installs no handler for a signal that is ignored when it starts, so that `ringtap
/// capture & ...; kill -INT $!` in a script would not end. tcpdump, ping and fping handle SIGINT
/// and SIGTERM in any case, and so does this command. SIGHUP stays ignored, because that is how
/// `nohup` asks to survive the end of a session, and tcpdump honours it too.
public final class IgnoredSignals {
  private static final String STATUS = "/proc/self/status"; // proc_pid_status(5)
  private static final String MASK = "\nSigIgn:\t";
  private static final int MASK_DIGITS = 16;
  private static final int STATUS_BYTES = 4096; // more than the lines up to the mask have
  private static final long DEFAULT_ACTION = 0; // SIG_DFL
  private static final int FIRST_SIGNAL_EXIT_CODE =
      128; // a shell's code for a process that N ended

  private IgnoredSignals() {}

  /// Handles SIGINT and SIGTERM as a JVM does that was started without ignored signals: it runs the
  /// shutdown hooks, and ends with 128 and the signal's number. Called once, before anything runs.
  public static void handle() {
    long ignored = mask();
    handle(ignored, "INT", Signals.SIGINT);
    handle(ignored, "TERM", Signals.SIGTERM);
  }

  private static long mask() {
    try (FileInputStream file = new FileInputStream(STATUS)) {
      String status = new String(file.readNBytes(STATUS_BYTES), StandardCharsets.ISO_8859_1);
      int begin = status.indexOf(MASK) + MASK.length();
      return Long.parseUnsignedLong(status, begin, begin + MASK_DIGITS, 16);
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return 0; // without /proc, signals are what they are
    }
  }

  private static void handle(long ignored, String name, int number) {
    if ((ignored & 1L << (number - 1)) == 0) {
      return;
    }
    // The JVM leaves an ignored signal alone, also when it is asked to handle it.
    long _ = Libc.signal(CallState.current(), number, DEFAULT_ACTION);
    SignalHandlers.handle(name, () -> Runtime.getRuntime().exit(FIRST_SIGNAL_EXIT_CODE + number));
  }
}
