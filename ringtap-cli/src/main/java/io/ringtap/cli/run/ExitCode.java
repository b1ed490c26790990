package io.ringtap.cli.run;

/// The exit codes of every command. When several apply, the highest wins.
public final class ExitCode {
  /// All is well; for `ping`: every target answered.
  public static final int OK = 0;

  /// Some target did not answer.
  public static final int UNREACHABLE = 1;

  /// Some name was not found.
  public static final int NAME_NOT_FOUND = 2;

  /// The command line, or a file that it names, is wrong.
  public static final int BAD_ARGUMENTS = 3;

  /// Something is not permitted, or a system call failed.
  public static final int SYSTEM = 4;

  /// A signal ended the run before it had done what was asked, as a shell has it for SIGINT.
  public static final int CANCELLED = 130;

  private ExitCode() {}

  /// The code to end with when both apply.
  public static int worse(int code, int other) {
    return Math.max(code, other);
  }
}
