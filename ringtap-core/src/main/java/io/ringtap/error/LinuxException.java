package io.ringtap.error;

import java.io.IOException;

/// A system call failed at the boundary of the library. The message names the operation, what it
/// was done to, the error and, where one is known, the remedy: `socket(AF_PACKET) for the receive
/// ring: EPERM (operation not permitted): needs CAP_NET_RAW`.
public class LinuxException extends IOException {
  private static final long serialVersionUID = 1L;

  /// The system call and its option, such as `socket(AF_PACKET)`.
  private final String operation;

  /// What it was about, such as an interface; may be empty.
  private final String subject;

  /// The positive error number of `errno(3)`.
  private final int number;

  /// What the user can do about it; may be empty.
  private final String remedy;

  /// Describes a failed call.
  ///
  /// @param operation the call, with the option that decides, such as `setsockopt(PACKET_RX_RING)`
  /// @param subject what the call was made for, such as an interface's name; may be empty
  /// @param remedy what to do about it; may be empty
  public LinuxException(String operation, String subject, Errno errno, String remedy) {
    super(
        operation
            + (subject.isEmpty() ? "" : " for " + subject)
            + ": "
            + errno
            + (remedy.isEmpty() ? "" : ": " + remedy));
    this.operation = operation;
    this.subject = subject;
    this.number = errno.number();
    this.remedy = remedy;
  }

  /// The call that failed, such as `bind`.
  public String operation() {
    return operation;
  }

  /// What the call was made for, such as an interface's name; may be empty.
  public String subject() {
    return subject;
  }

  /// What to do about it, such as `needs CAP_NET_RAW`; empty where no remedy is known.
  public String remedy() {
    return remedy;
  }

  /// The error that the call returned.
  public Errno errno() {
    return new Errno(number);
  }

  /// Returns `result` if it is a success.
  ///
  /// @throws LinuxException if it is `-errno`
  public static int check(int result, String operation, String subject) throws LinuxException {
    return check(result, operation, subject, "");
  }

  /// Like the shorter form, with a remedy for the message. If the process or the system is out of
  /// descriptors, the message names the remedy for that instead.
  ///
  /// @throws LinuxException if `result` is `-errno`
  public static int check(int result, String operation, String subject, String remedy)
      throws LinuxException {
    if (result < 0) {
      Errno errno = Errno.of(result);
      throw new LinuxException(operation, subject, errno, remedyFor(errno, remedy));
    }
    return result;
  }

  private static String remedyFor(Errno errno, String remedy) {
    if (errno.equals(Errno.EMFILE)) {
      return "raise the limit of open files (ulimit -n)";
    }
    return errno.equals(Errno.ENFILE) ? "raise the system's limit (sysctl fs.file-max)" : remedy;
  }
}
