package io.ringtap.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The descriptors and ring mappings of this process, from `/proc`. The JVM's own files do not
/// count, because it opens and closes them as it loads classes.
public final class OpenDescriptors {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// A test action that opens and closes something, or fails halfway.
  @FunctionalInterface
  public interface Action {
    /// Runs the action.
    ///
    /// @throws Exception if it fails unexpectedly
    void run() throws Exception;
  }

  private OpenDescriptors() {}

  /// The number of descriptors that are open now.
  public static long count() throws IOException {
    return targets().filter(OpenDescriptors::isKernelObject).count();
  }

  /// Runs `action` once for what a process loads and opens only once, and then three times, after
  /// which there must be no more descriptors and ring mappings than before. Threads of the action
  /// may release theirs a little later.
  ///
  /// @throws AssertionError with the descriptors and mappings that are left
  public static void assertNoneLeft(Action action) throws Exception {
    action.run();
    List<String> before = held();
    for (int i = 0; i < 3; i++) {
      action.run();
    }
    awaitNoMoreThan(before.size());
    assertThat(held()).as("before: %s", before).hasSizeLessThanOrEqualTo(before.size());
  }

  /// Open sockets, pipes, eventfds, namespaces, devices and open files that tests write, and mapped
  /// rings.
  public static List<String> held() throws IOException {
    try (Stream<String> rings = Files.lines(Path.of("/proc/self/maps"))) {
      return Stream.concat(
              targets().filter(target -> !isOfTheJvm(target)),
              rings
                  .filter(line -> line.contains(" socket:[") || line.contains(" /dev/zero"))
                  .map(line -> "mapped " + line.substring(line.lastIndexOf(' ') + 1)))
          .sorted()
          .toList();
    }
  }

  /// Waits at most 5 seconds for threads that release theirs a little later.
  public static void awaitNoMoreThan(int count) {
    boolean _ = Eventually.within(PATIENCE, () -> held().size() <= count);
  }

  private static boolean isKernelObject(String target) {
    return target.startsWith("socket:") || target.startsWith("anon_inode:");
  }

  private static boolean isOfTheJvm(String target) {
    return target.endsWith(".jar")
        || target.endsWith("/modules")
        || target.startsWith("/proc/")
        || target.startsWith("/sys/");
  }

  private static Stream<String> targets() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.map(OpenDescriptors::target).toList().stream();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException _) {
      return "/proc/self/fd"; // the descriptor of the listing itself
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
