package io.ringtap.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What this process holds open in the kernel, from `/proc`. Files do not count: the JVM opens and
/// closes its own as it loads classes.
public final class OpenDescriptors {
  private OpenDescriptors() {}

  /// Sockets, eventfds and the like that are open now.
  public static long count() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(OpenDescriptors::isKernelObject).count();
    }
  }

  private static boolean isKernelObject(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("socket:") || target.startsWith("anon_inode:");
    } catch (NoSuchFileException _) {
      return false; // the descriptor of the listing itself
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Whether `address` lies in a mapping of this process.
  public static boolean isMapped(long address) throws IOException {
    try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
      return mappings
          .map(line -> line.substring(0, line.indexOf(' ')).split("-"))
          .anyMatch(range ->
              Long.compareUnsigned(Long.parseUnsignedLong(range[0], 16), address) <= 0
                  && Long.compareUnsigned(address, Long.parseUnsignedLong(range[1], 16)) < 0);
    }
  }
}
