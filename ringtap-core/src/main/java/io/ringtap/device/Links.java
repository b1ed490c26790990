package io.ringtap.device;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Single questions about the interfaces of the calling thread's network namespace. For many, or
/// from threads that may be in other namespaces, there is [LinkTable].
public final class Links {
  private Links() {}

  /// All interfaces, by index.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses
  public static List<Link> all() throws IOException {
    try (LinkTable table = LinkTable.open()) {
      return table.all();
    }
  }

  /// The interface of this name; empty if there is none.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses
  public static Optional<Link> byName(String name) throws IOException {
    try (LinkTable table = LinkTable.open()) {
      return table.byName(name);
    }
  }

  /// The interface of this index; empty if there is none.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses
  public static Optional<Link> byIndex(int index) throws IOException {
    try (LinkTable table = LinkTable.open()) {
      return table.byIndex(index);
    }
  }

  /// What an interface has counted.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `ENODEV` if there is none of
  ///   this index
  public static LinkCounters counters(int index) throws IOException {
    try (LinkTable table = LinkTable.open()) {
      return table
          .counters(index)
          .orElseThrow(() ->
              new LinuxException(
                  "RTM_GETLINK", "the counters of interface " + index, Errno.ENODEV, ""));
    }
  }
}
