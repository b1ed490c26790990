package io.ringtap.error;

import java.util.HashMap;
import java.util.Map;

/// An error number of `errno(3)`. The kernel may return a number that has no constant here; it
/// prints as a number.
///
/// @param number the positive error number
public record Errno(int number) {
  private record Known(String name, String description) {}

  // Before the constants, which fill it.
  private static final Map<Integer, Known> TABLE = new HashMap<>();

  /// Operation not permitted.
  public static final Errno EPERM = known(1, "EPERM", "operation not permitted");

  /// No such file or directory.
  public static final Errno ENOENT = known(2, "ENOENT", "no such file or directory");

  /// No such process or entry.
  public static final Errno ESRCH = known(3, "ESRCH", "no such process or entry");

  /// Interrupted by a signal.
  public static final Errno EINTR = known(4, "EINTR", "interrupted by a signal");

  /// Input/output error.
  public static final Errno EIO = known(5, "EIO", "input/output error");

  /// No such device or address.
  public static final Errno ENXIO = known(6, "ENXIO", "no such device or address");

  /// Argument list too long.
  public static final Errno E2BIG = known(7, "E2BIG", "argument list too long");

  /// Bad file descriptor.
  public static final Errno EBADF = known(9, "EBADF", "bad file descriptor");

  /// Try again.
  public static final Errno EAGAIN = known(11, "EAGAIN", "try again");

  /// Out of memory.
  public static final Errno ENOMEM = known(12, "ENOMEM", "out of memory");

  /// Permission denied.
  public static final Errno EACCES = known(13, "EACCES", "permission denied");

  /// Bad address.
  public static final Errno EFAULT = known(14, "EFAULT", "bad address");

  /// Device or resource busy.
  public static final Errno EBUSY = known(16, "EBUSY", "device or resource busy");

  /// Already exists.
  public static final Errno EEXIST = known(17, "EEXIST", "already exists");

  /// On another file system.
  public static final Errno EXDEV = known(18, "EXDEV", "on another file system");

  /// No such device.
  public static final Errno ENODEV = known(19, "ENODEV", "no such device");

  /// Not a directory.
  public static final Errno ENOTDIR = known(20, "ENOTDIR", "not a directory");

  /// Is a directory.
  public static final Errno EISDIR = known(21, "EISDIR", "is a directory");

  /// Invalid argument.
  public static final Errno EINVAL = known(22, "EINVAL", "invalid argument");

  /// Too many open files in the system.
  public static final Errno ENFILE = known(23, "ENFILE", "too many open files in the system");

  /// Too many open files.
  public static final Errno EMFILE = known(24, "EMFILE", "too many open files");

  /// Not a terminal.
  public static final Errno ENOTTY = known(25, "ENOTTY", "not a terminal");

  /// File too large.
  public static final Errno EFBIG = known(27, "EFBIG", "file too large");

  /// No space left on device.
  public static final Errno ENOSPC = known(28, "ENOSPC", "no space left on device");

  /// Cannot seek.
  public static final Errno ESPIPE = known(29, "ESPIPE", "cannot seek");

  /// Read-only file system.
  public static final Errno EROFS = known(30, "EROFS", "read-only file system");

  /// Broken pipe.
  public static final Errno EPIPE = known(32, "EPIPE", "broken pipe");

  /// Result out of range.
  public static final Errno ERANGE = known(34, "ERANGE", "result out of range");

  /// File name too long.
  public static final Errno ENAMETOOLONG = known(36, "ENAMETOOLONG", "file name too long");

  /// System call not implemented.
  public static final Errno ENOSYS = known(38, "ENOSYS", "system call not implemented");

  /// Too many symbolic links.
  public static final Errno ELOOP = known(40, "ELOOP", "too many symbolic links");

  /// Not on the network.
  public static final Errno ENONET = known(64, "ENONET", "not on the network");

  /// Protocol error.
  public static final Errno EPROTO = known(71, "EPROTO", "protocol error");

  /// Value too large.
  public static final Errno EOVERFLOW = known(75, "EOVERFLOW", "value too large");

  /// Message too long.
  public static final Errno EMSGSIZE = known(90, "EMSGSIZE", "message too long");

  /// No such socket option.
  public static final Errno ENOPROTOOPT = known(92, "ENOPROTOOPT", "no such socket option");

  /// Protocol not supported.
  public static final Errno EPROTONOSUPPORT =
      known(93, "EPROTONOSUPPORT", "protocol not supported");

  /// Socket type not supported.
  public static final Errno ESOCKTNOSUPPORT =
      known(94, "ESOCKTNOSUPPORT", "socket type not supported");

  /// Operation not supported.
  public static final Errno EOPNOTSUPP = known(95, "EOPNOTSUPP", "operation not supported");

  /// Address family not supported.
  public static final Errno EAFNOSUPPORT =
      known(97, "EAFNOSUPPORT", "address family not supported");

  /// Address already in use.
  public static final Errno EADDRINUSE = known(98, "EADDRINUSE", "address already in use");

  /// Cannot use that source address.
  public static final Errno EADDRNOTAVAIL =
      known(99, "EADDRNOTAVAIL", "cannot use that source address");

  /// Network is down.
  public static final Errno ENETDOWN = known(100, "ENETDOWN", "network is down");

  /// Network is unreachable.
  public static final Errno ENETUNREACH = known(101, "ENETUNREACH", "network is unreachable");

  /// Connection reset.
  public static final Errno ECONNRESET = known(104, "ECONNRESET", "connection reset");

  /// No buffer space.
  public static final Errno ENOBUFS = known(105, "ENOBUFS", "no buffer space");

  /// Not connected.
  public static final Errno ENOTCONN = known(107, "ENOTCONN", "not connected");

  /// Timed out.
  public static final Errno ETIMEDOUT = known(110, "ETIMEDOUT", "timed out");

  /// Connection refused.
  public static final Errno ECONNREFUSED = known(111, "ECONNREFUSED", "connection refused");

  /// Host is down.
  public static final Errno EHOSTDOWN = known(112, "EHOSTDOWN", "host is down");

  /// No route to host.
  public static final Errno EHOSTUNREACH = known(113, "EHOSTUNREACH", "no route to host");

  /// Disk quota exceeded.
  public static final Errno EDQUOT = known(122, "EDQUOT", "disk quota exceeded");

  private static Errno known(int number, String name, String description) {
    TABLE.put(number, new Known(name, description));
    return new Errno(number);
  }

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
    Known known = TABLE.get(number);
    return known == null ? "errno " + number : known.name;
  }

  /// What the error means, in a few words.
  public String description() {
    Known known = TABLE.get(number);
    return known == null ? "unknown error" : known.description;
  }

  @Override
  public String toString() {
    return name() + " (" + description() + ")";
  }
}
