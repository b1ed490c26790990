package io.ringtap.sweep;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Looks at the ports that programs of this host use, so that no probe has the source port of one
/// of their connections.
final class SourcePorts {
  /// The tables of the calling thread's network namespace (`proc(5)`).
  private static final Path TABLES = Path.of("/proc/thread-self/net");

  private static final List<String> TCP = List.of("tcp", "tcp6");
  private static final List<String> UDP = List.of("udp", "udp6");
  private static final int HEXADECIMAL = 16;

  private SourcePorts() {}

  /// Checks that no socket of the calling thread's network namespace has one of the source ports.
  ///
  /// @throws LinuxException if one has (`EADDRINUSE`)
  /// @throws IOException if the tables of sockets cannot be read
  static void requireFree(SweepProbe.Kind kind, int first) throws IOException {
    int last = first + SweepOptions.Origin.SOURCE_PORTS - 1;
    for (String table : kind == SweepProbe.Kind.SYN ? TCP : UDP) {
      for (int port : localPorts(TABLES.resolve(table))) {
        if (port >= first && port <= last) {
          throw new LinuxException(
              "sweep",
              "source ports " + first + " to " + last,
              Errno.EADDRINUSE,
              "a program of this host has port " + port + "; choose others");
        }
      }
    }
  }

  /// The second column is `local_address`: an address and a port, both hexadecimal.
  private static List<Integer> localPorts(Path table) throws IOException {
    try {
      return Files.readAllLines(table).stream()
          .skip(1)
          .map(line -> line.strip().split("\\s+", 3)[1])
          .map(local -> Integer.parseInt(local.substring(local.indexOf(':') + 1), HEXADECIMAL))
          .toList();
    } catch (NoSuchFileException _) {
      return List.of(); // the system does not have IPv6
    }
  }
}
