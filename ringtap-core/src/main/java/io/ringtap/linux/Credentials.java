package io.ringtap.linux;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.Passwd;
import io.ringtap.linux.abi.Pointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The user that this process runs as (`credentials(7)`).
///
/// Linux keeps credentials for each thread, and a system call changes those of the calling thread.
/// A JVM has a dozen threads before any code runs. But the functions of the C library change all
/// threads of the process at once (`nptl(7)`), also those of the JVM, which makes them by
/// `pthread_create(3)`; and new threads inherit them. So these functions are called, never the
/// system calls, and afterwards every thread is checked.
@SuppressWarnings("restricted")
public final class Credentials {
  private static final MemorySegment GETEUID = Downcall.function("geteuid");
  private static final MemorySegment GETPWNAM = Downcall.function("getpwnam");
  private static final MemorySegment INITGROUPS = Downcall.function("initgroups");
  private static final MemorySegment SETRESGID = Downcall.function("setresgid");
  private static final MemorySegment SETRESUID = Downcall.function("setresuid");
  private static final Path THREADS = Path.of("/proc/self/task");

  /// A user.
  ///
  /// @param uid the user's number
  /// @param gid the number of the primary group
  public record User(String name, int uid, int gid) {
    /// Whether it is root, who may do everything.
    public boolean isRoot() {
      return uid == 0;
    }
  }

  private Credentials() {}

  /// Whether this process runs as root.
  public static boolean areRoot() {
    return Downcall.call(GETEUID, CallState.current(), 0, 0, 0, 0, 0) == 0;
  }

  /// The user of a name; null if the system knows none. For one thread at a time (`getpwnam(3)`).
  public static @Nullable User user(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(name);
      long address =
          Downcall.callLong(GETPWNAM, CallState.current(), Pointer.of(text), 0, 0, 0, 0, 0);
      if (address == 0) {
        return null;
      }
      MemorySegment passwd = MemorySegment.ofAddress(address).reinterpret(Passwd.BYTES);
      return new User(name, Passwd.uid(passwd), Passwd.gid(passwd));
    }
  }

  /// Makes this process run as `user` from now on, with all groups of that user, and for good.
  /// Descriptors stay open.
  ///
  /// @param user not root
  /// @throws LinuxException if the process is not permitted to
  /// @throws IOException if a thread was left out: the process should end
  public static void become(User user) throws IOException {
    MemorySegment state = CallState.current();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(user.name);
      int groups = Downcall.call(INITGROUPS, state, Pointer.of(name), user.gid, 0, 0, 0);
      LinuxException.check(groups, "initgroups", user.name);
    }
    int group = Downcall.call(SETRESGID, state, user.gid, user.gid, user.gid, 0, 0);
    LinuxException.check(group, "setresgid", user.name);
    int result = Downcall.call(SETRESUID, state, user.uid, user.uid, user.uid, 0, 0);
    LinuxException.check(result, "setresuid", user.name);
    try (Stream<Path> threads = Files.list(THREADS)) {
      for (Path thread : threads.toList()) {
        requireChanged(thread, user);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void requireChanged(Path thread, User user) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(thread.resolve("status"));
    } catch (NoSuchFileException _) {
      return; // it has ended
    }
    for (String line : lines) {
      String[] words = line.split("\\s+");
      boolean isRight =
          switch (words[0]) {
            case "Uid:" -> isAll(words, user.uid);
            case "Gid:" -> isAll(words, user.gid);
            case "CapPrm:", "CapEff:" -> words[1].matches("0+");
            default -> true;
          };
      if (!isRight) {
        throw new IOException(
            "a thread of this process (%s) still has other rights than %s: %s"
                .formatted(thread.getFileName(), user.name, line));
      }
    }
  }

  private static boolean isAll(String[] words, int id) {
    String expected = Integer.toUnsignedString(id);
    for (int i = 1; i < words.length; i++) {
      if (!words[i].equals(expected)) {
        return false;
      }
    }
    return true;
  }
}
