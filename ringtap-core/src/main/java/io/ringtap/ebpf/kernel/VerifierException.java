package io.ringtap.ebpf.kernel;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import java.util.List;
import java.util.regex.Pattern;

/// The kernel does not take a program. The message is one line with the verifier's complaint and
/// the instruction that it is about; [#log] is all that the verifier printed.
public final class VerifierException extends LinuxException {
  private static final long serialVersionUID = 1L;

  private static final Pattern STATISTICS =
      Pattern.compile("(processed \\d+ insns|verification time|stack depth|max_states).*");
  private static final Pattern INSTRUCTION = Pattern.compile("\\d+: \\([0-9a-f]{2}\\) .*");
  private static final Pattern REGISTERS = Pattern.compile("\\s*;.*$");

  /// Everything that the verifier printed.
  private final String log;

  VerifierException(String subject, Errno errno, String log) {
    super("bpf(BPF_PROG_LOAD)", subject, errno, complaint(log));
    this.log = log;
  }

  /// Everything that the verifier printed, lines of text; empty if it printed nothing.
  public String log() {
    return log;
  }

  /// The last line that the verifier printed, and the instruction before it.
  private static String complaint(String log) {
    List<String> lines =
        log.lines().filter(line -> !line.isBlank() && !STATISTICS.matcher(line).matches()).toList();
    if (lines.isEmpty()) {
      return "";
    }
    String last = lines.getLast();
    if (INSTRUCTION.matcher(last).matches()) {
      return last;
    }
    return lines.reversed().stream()
        .filter(line -> INSTRUCTION.matcher(line).matches())
        .findFirst()
        .map(line -> last + " at " + REGISTERS.matcher(line).replaceFirst(""))
        .orElse(last);
  }
}
