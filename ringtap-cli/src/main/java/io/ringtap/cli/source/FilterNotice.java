package io.ringtap.cli.source;

import io.ringtap.capture.FilterPlace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Tells where a filter runs, if that is not in the kernel.
public final class FilterNotice {
  private static final String HERE = ": packets are filtered in user space";
  private static final Path LARGEST = Path.of("/proc/sys/net/core/optmem_max"); // octets

  private FilterNotice() {}

  /// What to tell of it; null if the kernel runs it.
  public static @Nullable String of(FilterPlace place) {
    return switch (place) {
      case KERNEL -> null;
      case CAPTURE_FOR_ITS_LOOP ->
          "the kernel cannot run a filter with a loop, as protochain makes one" + HERE;
      case CAPTURE_FOR_ITS_LOADS ->
          "the filter reads what the kernel does not tell of the cooked header" + HERE;
      case CAPTURE_FOR_ITS_SIZE ->
          "the filter is longer than net.core.optmem_max allows%s%s; raise it, or shorten the filter"
              .formatted(limit(), HERE);
    };
  }

  private static String limit() {
    // Whole in one read: from its second octet on the kernel has nothing of it to give.
    try (BufferedReader reader = Files.newBufferedReader(LARGEST)) {
      return " (%s octets)".formatted(reader.readLine());
    } catch (IOException e) {
      return ""; // a container may hide it
    }
  }
}
