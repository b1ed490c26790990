package io.ringtap.cli.ping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// How many descriptors this process may still open (`RLIMIT_NOFILE`, `getrlimit(2)`).
final class Descriptors {
  private static final Path LIMITS = Path.of("/proc/self/limits"); // proc_pid_limits(5)
  private static final Path OPEN = Path.of("/proc/self/fd");
  private static final String NAME = "Max open files";

  /// A look-up has a file, a socket of route netlink or those to two name servers at a time.
  private static final int OF_A_LOOKUP = 4;

  private static final int PLENTY = 4096; // more than a process without look-ups opens

  private Descriptors() {}

  /// How many look-ups there is room for at a time, at least one.
  ///
  /// @param most that are wanted
  static int lookups(int most) {
    long limit = limit();
    return limit >= PLENTY ? most : Math.clamp((limit - open()) / OF_A_LOOKUP, 1, most);
  }

  /// Whether there may be too few for a look-up.
  static boolean areShort() {
    long limit = limit();
    return limit < PLENTY && limit - open() < OF_A_LOOKUP;
  }

  private static long limit() {
    try (Stream<String> lines = Files.lines(LIMITS)) {
      return lines
          .filter(line -> line.startsWith(NAME))
          .map(line -> line.substring(NAME.length()).strip().split(" +", 2)[0])
          .filter(soft -> soft.matches("\\d{1,18}"))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException e) {
      // There is no /proc, or no descriptor to read it by.
      return Files.exists(LIMITS) ? 0 : Long.MAX_VALUE;
    }
  }

  private static long open() {
    try (Stream<Path> open = Files.list(OPEN)) {
      return open.count();
    } catch (IOException e) {
      return Long.MAX_VALUE / 2;
    }
  }
}
