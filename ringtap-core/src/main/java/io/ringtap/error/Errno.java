package io.ringtap.error;

/// An error number of `errno(3)`. The type is open: a number that has no name here prints as a
/// number, because the kernel may return what this version has not heard of.
///
/// @param number the positive error number
public record Errno(int number) {
  public static final Errno EPERM = new Errno(1);
  public static final Errno ENOENT = new Errno(2);
  public static final Errno EINTR = new Errno(4);
  public static final Errno EIO = new Errno(5);
  public static final Errno EBADF = new Errno(9);
  public static final Errno EAGAIN = new Errno(11);
  public static final Errno ENOMEM = new Errno(12);
  public static final Errno EACCES = new Errno(13);
  public static final Errno EFAULT = new Errno(14);
  public static final Errno EBUSY = new Errno(16);
  public static final Errno EEXIST = new Errno(17);
  public static final Errno ENODEV = new Errno(19);
  public static final Errno EINVAL = new Errno(22);
  public static final Errno ENOTTY = new Errno(25);
  public static final Errno EMSGSIZE = new Errno(90);
  public static final Errno ENOPROTOOPT = new Errno(92);
  public static final Errno EPROTONOSUPPORT = new Errno(93);
  public static final Errno EOPNOTSUPP = new Errno(95);
  public static final Errno EAFNOSUPPORT = new Errno(97);
  public static final Errno EADDRNOTAVAIL = new Errno(99);
  public static final Errno ENETDOWN = new Errno(100);
  public static final Errno ENETUNREACH = new Errno(101);
  public static final Errno ENOBUFS = new Errno(105);
  public static final Errno ECONNREFUSED = new Errno(111);
  public static final Errno EHOSTDOWN = new Errno(112);
  public static final Errno EHOSTUNREACH = new Errno(113);

  /// The error in a call's negative result.
  public static Errno of(long negativeResult) {
    return new Errno((int) -negativeResult);
  }

  /// Whether a call's result reports this error.
  public boolean is(long result) {
    return result == -number;
  }

  /// The macro's name, such as `EPERM`, or `errno 4711` for a number without a name here.
  public String name() {
    return switch (number) {
      case 1 -> "EPERM";
      case 2 -> "ENOENT";
      case 4 -> "EINTR";
      case 5 -> "EIO";
      case 9 -> "EBADF";
      case 11 -> "EAGAIN";
      case 12 -> "ENOMEM";
      case 13 -> "EACCES";
      case 14 -> "EFAULT";
      case 16 -> "EBUSY";
      case 17 -> "EEXIST";
      case 19 -> "ENODEV";
      case 22 -> "EINVAL";
      case 25 -> "ENOTTY";
      case 90 -> "EMSGSIZE";
      case 92 -> "ENOPROTOOPT";
      case 93 -> "EPROTONOSUPPORT";
      case 95 -> "EOPNOTSUPP";
      case 97 -> "EAFNOSUPPORT";
      case 99 -> "EADDRNOTAVAIL";
      case 100 -> "ENETDOWN";
      case 101 -> "ENETUNREACH";
      case 105 -> "ENOBUFS";
      case 111 -> "ECONNREFUSED";
      case 112 -> "EHOSTDOWN";
      case 113 -> "EHOSTUNREACH";
      default -> "errno " + number;
    };
  }

  /// What the error means, in a few words.
  public String description() {
    return switch (number) {
      case 1 -> "operation not permitted";
      case 2 -> "no such file or directory";
      case 4 -> "interrupted by a signal";
      case 5 -> "input/output error";
      case 9 -> "bad file descriptor";
      case 11 -> "try again";
      case 12 -> "out of memory";
      case 13 -> "permission denied";
      case 14 -> "bad address";
      case 16 -> "device or resource busy";
      case 17 -> "already exists";
      case 19 -> "no such device";
      case 22 -> "invalid argument";
      case 25 -> "not a terminal";
      case 90 -> "message too long";
      case 92 -> "no such socket option";
      case 93 -> "protocol not supported";
      case 95 -> "operation not supported";
      case 97 -> "address family not supported";
      case 99 -> "cannot use that source address";
      case 100 -> "network is down";
      case 101 -> "network is unreachable";
      case 105 -> "no buffer space";
      case 111 -> "connection refused";
      case 112 -> "host is down";
      case 113 -> "no route to host";
      default -> "unknown error";
    };
  }

  @Override
  public String toString() {
    return name() + " (" + description() + ")";
  }
}
