package io.ringtap.cli.fping;

/// The codes with which fping ends.
final class ExitStatus {
  /// All targets answered, or as many as were asked for.
  static final int OK = 0;

  /// Some did not.
  static final int UNREACHABLE = 1;

  /// The options are wrong. Its manual page says 3, but no version has ever ended so.
  static final int BAD_OPTION = 1;

  /// Some name was not found.
  static final int NAME_NOT_FOUND = 2;

  /// Something is not permitted, or a system call failed.
  static final int SYSTEM = 4;

  private ExitStatus() {}
}
