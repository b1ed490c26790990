package io.ringtap.print;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocols;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Prints packets like `tcpdump -n`: the protocols that [#protocols] lists; for others, their
/// length and bytes.
///
/// Not thread-safe. It remembers a bounded number of connections, to print relative sequence
/// numbers. A malformed packet is printed as such and never causes an exception; only printable
/// ASCII characters of a packet appear in the text.
public final class PacketPrinter {
  private final PrintOptions options;
  private final Line line;
  private final TimeStamps times;
  private final Protocols protocols;

  /// Creates a printer that has seen no connection yet.
  ///
  /// @param interfaceNames returns the name of an interface by its index, or null if it is not
  ///   known; called for packets of [io.ringtap.packet.LinkType#LINUX_SLL2]
  /// @throws IllegalArgumentException if the protocol that is [carried][PrintOptions#carried] is
  ///   not printed
  public PacketPrinter(PrintOptions options, IntFunction<@Nullable String> interfaceNames) {
    this.options = options;
    this.line = new Line(options.detail());
    this.times = new TimeStamps(options);
    this.protocols = ProtocolTable.of(line, interfaceNames);
    if (options.carried() != null) {
      protocols.assume(options.carried());
    }
  }

  /// The protocols that are printed.
  public static List<KnownProtocol> protocols() {
    Line unused = new Line(PrintOptions.DEFAULTS.detail());
    return KnownProtocol.of(ProtocolTable.of(unused, _ -> null).entries());
  }

  /// Appends one packet as one line, or as several with `-v` and dumps, each with a line feed.
  public void print(StringBuilder to, Frame frame) {
    long offset = frame.offset();
    long end = offset + frame.caplen();
    times.append(to, frame.epochNanos());
    if (frame.caplen() == 0) {
      to.append("[Invalid header: caplen==0").append(frame.origlen() == 0 ? ", len==0]\n" : "]\n");
      return;
    }
    line.begin(to, frame.memory(), offset, end);
    // A file may claim a smaller length on the wire than it holds.
    long length = Math.max(frame.caplen(), Integer.toUnsignedLong(frame.origlen()));
    link(frame.linkType(), offset, length);
    line.finish();
    DumpForm dump = options.dump();
    if (dump != DumpForm.NONE) {
      long from = dump.hasLinkHeader ? offset : Math.min(line.payload(), end);
      if (dump.isHex) {
        line.hexDump(from, dump.isText);
      } else {
        line.textDump(from);
      }
    }
    to.append('\n');
  }

  private void link(LinkType linkType, long at, long length) {
    if (!protocols.print(NumberSpace.LINK_TYPE, linkType.number(), at, length)) {
      line.print("link type %u, length %u: ", linkType.number(), length);
      line.unknown(at);
    }
  }
}
