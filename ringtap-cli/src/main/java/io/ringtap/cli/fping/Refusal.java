package io.ringtap.cli.fping;

/// The run ends before it has begun, with what is said on standard error and an exit code.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private Refusal(String text, int exitCode) {
    super(text);
    this.exitCode = exitCode;
  }

  /// The options are wrong. After `text`, the name of the program stands before it.
  static Refusal of(String text) {
    return new Refusal(Usage.name() + ": " + text + '\n', ExitStatus.BAD_OPTION);
  }

  /// An option is unknown, or has no value or one too many.
  static Refusal ofOption(String text) {
    return new Refusal(
        Usage.name() + ": " + text + "\nsee 'fping -h' for usage information\n",
        ExitStatus.BAD_OPTION);
  }

  /// The value of an option is not valid, or the targets do not go with the options: the usage is
  /// printed.
  static Refusal withUsage() {
    return new Refusal(Usage.text(), ExitStatus.BAD_OPTION);
  }

  /// Lines as they are.
  static Refusal withText(String text, int exitCode) {
    return new Refusal(text, exitCode);
  }

  /// What goes to standard error, whole lines.
  String text() {
    return String.valueOf(getMessage());
  }

  int exitCode() {
    return exitCode;
  }
}
