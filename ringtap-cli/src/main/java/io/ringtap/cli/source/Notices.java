package io.ringtap.cli.source;

import io.ringtap.capture.CaptureInterface;
import io.ringtap.capture.FilterPlace;
import io.ringtap.device.InterfaceEvent;
import io.ringtap.savefile.SavefileCopy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What commands that capture say on standard error about filters and interfaces.
public final class Notices {
  /// What is said of a filter that cannot match.
  public static final String MATCHES_NOTHING = "no packet can match this filter";

  private static final String HERE = ": packets are filtered in user space";
  private static final Path LARGEST = Path.of("/proc/sys/net/core/optmem_max"); // bytes

  private Notices() {}

  /// Where a filter runs; null if the kernel runs it.
  public static @Nullable String of(FilterPlace place) {
    return switch (place) {
      case KERNEL -> null;
      case USER_SPACE_FOR_LOOP ->
          "the kernel cannot run a filter with a loop, as protochain makes one" + HERE;
      case USER_SPACE_FOR_SET -> "this kernel does not take a filter with such a set" + HERE;
      case USER_SPACE_WITHOUT_RIGHT ->
          "a filter with a set needs CAP_BPF to run in the kernel" + HERE;
      case USER_SPACE_FOR_LOADS ->
          "the filter reads what the kernel does not report of the cooked header" + HERE;
      case USER_SPACE_FOR_SIZE ->
          "the filter is longer than net.core.optmem_max allows%s%s; raise it, or shorten the filter"
              .formatted(limit(), HERE);
      case USER_SPACE_FOR_LENGTH ->
          "the filter takes more than the 4096 instructions that the kernel allows" + HERE;
    };
  }

  /// What has happened to an interface that packets are captured from.
  public static String of(InterfaceEvent event) {
    return switch (event) {
      case InterfaceEvent.Up up -> up.name() + " is up";
      case InterfaceEvent.Down down ->
          down.name() + " is down: the capture goes on when it comes up";
      case InterfaceEvent.Renamed renamed -> renamed.old() + " is now called " + renamed.name();
      case InterfaceEvent.Vanished vanished -> vanished.name() + " has vanished";
      case InterfaceEvent.Appeared appeared -> appeared.name() + " has appeared";
    };
  }

  /// That an interface is down when the capture begins; null if it is up.
  public static @Nullable String ofState(CaptureInterface one) {
    return one.wasUp() ? null : one.name() + " is down: its packets come once it is up";
  }

  /// What a copy has left out because its source says so; null if nothing.
  public static @Nullable String ofWithheld(SavefileCopy copy) {
    return copy.withheld().isEmpty()
        ? null
        : "left out, for the file says that it is not to be copied: "
            + String.join(", ", copy.withheld());
  }

  private static String limit() {
    // Whole in one read: from its second byte on the kernel has nothing of it to give.
    try (BufferedReader reader = Files.newBufferedReader(LARGEST)) {
      return " (%s bytes)".formatted(reader.readLine());
    } catch (IOException e) {
      return ""; // a container may hide it
    }
  }
}
