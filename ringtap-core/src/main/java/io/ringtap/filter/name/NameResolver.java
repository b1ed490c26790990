package io.ringtap.filter.name;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the names in a filter stand for. [SystemNames] asks the machine; tests bring their own.
///
/// Called on the thread that compiles, once for each name in the text.
public interface NameResolver {
  /// The addresses of a host, in the order in which they are to be tried; empty if there is none.
  List<InetAddress> host(String name);

  /// A network's number as `/etc/networks` has it, such as 10.0.0.0 for `ten`; null if unknown.
  /// Bytes of zero at its beginning are not part of the network's number.
  @Nullable InetAddress network(String name);

  /// The port of a service.
  ///
  /// @param transport `tcp`, `udp` or `sctp`
  OptionalInt port(String name, String transport);

  /// The number of an IP protocol.
  OptionalInt protocol(String name);

  /// The lines of a file with a set of addresses.
  ///
  /// @throws IOException if it cannot be read
  default List<String> setLines(String file) throws IOException {
    return Files.readAllLines(Path.of(file));
  }

  /// The link-layer address of a host (`/etc/ethers`), in the low 48 bits.
  OptionalLong ethernet(String name);
}
