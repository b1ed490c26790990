package io.ringtap.cli.trace;

import io.ringtap.packet.IpAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Looks the names of addresses up beside the trace. Nobody waits for one: what is not known by the
/// time that it is asked for is shown as the address. Any thread may use it.
final class HostNames {
  private final boolean isWanted;
  private final Map<IpAddress, String> names = new ConcurrentHashMap<>();

  /// @param isWanted whether to look anything up
  HostNames(boolean isWanted) {
    this.isWanted = isWanted;
  }

  /// Begins to look a name up, unless that was done before.
  void lookUp(IpAddress address) {
    if (isWanted && names.putIfAbsent(address, address.toString()) == null) {
      Thread _ =
          Thread.ofVirtual()
              .name("ringtap-names")
              .start(() ->
                  names.put(address, printable(address.toInetAddress().getCanonicalHostName())));
    }
  }

  /// Foreign text, without what could move the cursor of a terminal.
  private static String printable(String name) {
    return name.replaceAll("[^\\x21-\\x7e]", "?");
  }

  /// The name, or the address as text if it has no name.
  String nameOf(IpAddress address) {
    return names.getOrDefault(address, address.toString());
  }

  /// Name and address as traceroute shows them: `name (address)`; only the address without
  /// look-ups.
  String labelOf(IpAddress address) {
    return isWanted ? nameOf(address) + " (" + address + ")" : address.toString();
  }
}
