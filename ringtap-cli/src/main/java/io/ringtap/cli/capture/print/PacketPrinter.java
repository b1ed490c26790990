package io.ringtap.cli.capture.print;

import io.ringtap.packet.LinkType;
import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Prints packets in the manner of `tcpdump -n`: Ethernet with VLAN tags, cooked captures, ARP,
/// IPv4 and IPv6, ICMP and ICMPv6, TCP, UDP and DNS; of others their length and octets.
///
/// One thread uses it. It remembers the connections that it saw, in a bounded number, to print
/// relative sequence numbers. A malformed packet is told as such and never throws; nothing in a
/// packet reaches the text unless it is a printable ASCII character.
public final class PacketPrinter {
  private final PrintOptions options;
  private final Line line;
  private final TimeStamps times;
  private final LinkPrinter links;

  /// @param interfaceNames the name of an interface by its index, or null where it is not known;
  ///   asked for packets of [LinkType#LINUX_SLL2]
  public PacketPrinter(PrintOptions options, IntFunction<@Nullable String> interfaceNames) {
    this.options = options;
    this.line = new Line(options);
    this.times = new TimeStamps(options);
    this.links = new LinkPrinter(line, interfaceNames);
  }

  /// Appends one packet: its line, with `-v` and dumps several, each with its end.
  ///
  /// @param offset the first captured octet in `memory`, which is not kept
  /// @param caplen octets captured
  /// @param origlen octets on the wire
  public void print(
      StringBuilder to,
      LinkType linkType,
      MemorySegment memory,
      long offset,
      int caplen,
      int origlen,
      long epochNanos) {
    long end = offset + caplen;
    line.begin(to, memory, end);
    times.append(to, epochNanos);
    // A file may claim that less was on the wire than it holds.
    long network = links.print(linkType, offset, Math.max(caplen, origlen));
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
