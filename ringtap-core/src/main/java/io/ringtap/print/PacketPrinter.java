package io.ringtap.print;

import io.ringtap.packet.Frame;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Prints packets in the manner of `tcpdump -n`: Ethernet with VLAN tags, cooked captures, ARP,
/// IPv4 and IPv6, ICMP and ICMPv6, TCP, UDP and DNS; of others their length and bytes.
///
/// One thread uses it. It remembers the connections that it saw, in a bounded number, to print
/// relative sequence numbers. A malformed packet is printed as such and never throws; nothing in a
/// packet reaches the text unless it is a printable ASCII character.
public final class PacketPrinter {
  private final PrintOptions options;
  private final Line line;
  private final TimeStamps times;
  private final LinkPrinter links;

  /// A printer that has seen no connection yet.
  ///
  /// @param interfaceNames the name of an interface by its index, or null where it is not known;
  ///   asked for packets of [io.ringtap.packet.LinkType#LINUX_SLL2]
  public PacketPrinter(PrintOptions options, IntFunction<@Nullable String> interfaceNames) {
    this.options = options;
    this.line = new Line(options);
    this.times = new TimeStamps(options);
    this.links = new LinkPrinter(line, interfaceNames);
  }

  /// Appends one packet: its line, with `-v` and dumps several, each with its end.
  public void print(StringBuilder to, Frame frame) {
    long offset = frame.offset();
    long end = offset + frame.caplen();
    line.begin(to, frame.memory(), end);
    times.append(to, frame.epochNanos());
    // A file may claim that less was on the wire than it holds.
    long network = links.print(frame.linkType(), offset, Math.max(frame.caplen(), frame.origlen()));
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
