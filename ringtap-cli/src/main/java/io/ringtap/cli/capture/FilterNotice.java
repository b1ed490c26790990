package io.ringtap.cli.capture;

import io.ringtap.capture.FilterPlace;
import org.jspecify.annotations.Nullable;

/// Tells where a filter runs, if that is not in the kernel.
public final class FilterNotice {
  private static final String HERE = ": packets are filtered in user space";

  private FilterNotice() {}

  /// What to tell of it; null if the kernel runs it.
  public static @Nullable String of(FilterPlace place) {
    return switch (place) {
      case KERNEL -> null;
      case CAPTURE_FOR_ITS_LOOP -> "the kernel cannot run protochain" + HERE;
      case CAPTURE_FOR_ITS_SIZE ->
          "the filter is longer than the kernel takes"
              + HERE
              + "; raise sysctl net.core.optmem_max, or shorten it";
    };
  }
}
