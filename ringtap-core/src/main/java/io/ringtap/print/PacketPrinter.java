package io.ringtap.print;

import io.ringtap.packet.Frame;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Prints packets like `tcpdump -n`: Ethernet with VLAN tags, cooked captures, ARP, IPv4 and IPv6,
/// ICMP and ICMPv6, TCP, UDP and DNS; for other protocols, their length and bytes.
///
/// Not thread-safe. It remembers a bounded number of connections, to print relative sequence
/// numbers. A malformed packet is printed as such and never causes an exception; only printable
/// ASCII characters of a packet appear in the text.
public final class PacketPrinter {
  private final PrintOptions options;
  private final Line line;
  private final TimeStamps times;
  private final LinkPrinter links;

  /// Creates a printer that has seen no connection yet.
  ///
  /// @param interfaceNames returns the name of an interface by its index, or null if it is not
  ///   known; called for packets of [io.ringtap.packet.LinkType#LINUX_SLL2]
  public PacketPrinter(PrintOptions options, IntFunction<@Nullable String> interfaceNames) {
    this.options = options;
    this.line = new Line(options);
    this.times = new TimeStamps(options);
    this.links = new LinkPrinter(line, interfaceNames);
  }

  /// Appends one packet as one line, or as several with `-v` and dumps, each with a line feed.
  public void print(StringBuilder to, Frame frame) {
    long offset = frame.offset();
    long end = offset + frame.caplen();
    line.begin(to, frame.memory(), end);
    times.append(to, frame.epochNanos());
    // A file may claim a smaller length on the wire than it holds.
    long length = Math.max(frame.caplen(), Integer.toUnsignedLong(frame.origlen()));
    long network = links.print(frame.linkType(), offset, length);
    line.end = end;
    DumpForm dump = options.dump();
    if (dump != DumpForm.NONE) {
      long from = dump.hasLinkHeader ? offset : Math.min(network, end);
      if (dump.isHex) {
        line.hexDump(from, dump.isText);
      } else {
        line.textDump(from);
      }
    }
    to.append('\n');
  }
}
