package io.ringtap.print.transport;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.TcpHeader;
import io.ringtap.print.line.Carrier;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;
import java.lang.foreign.MemorySegment;

/// TCP (RFC 9293), and what a port says that it carries.
public final class TcpPrinter implements Protocol {
  private static final int CONNECTIONS = 65_536; // the most remembered, about a hundred bytes each
  private static final int MAX_REASON = 30; // bytes of a reset's text that are printed
  private static final String FLAGS = "FSRP.UEW"; // from the lowest bit

  private final Line line;
  private final Protocols protocols;
  private final TcpOptions options;
  private final SequenceTable sequences = new SequenceTable(CONNECTIONS);

  public TcpPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
    this.options = new TcpOptions(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("tcp");
    Carrier carrier = line.carrier();
    if (!line.has(at, 4)) {
      carrier.addresses();
      line.text("[|tcp]");
      return;
    }
    line.ports(TcpHeader.sourcePort(line.frame(), at), TcpHeader.destinationPort(line.frame(), at));
    carrier.endpoints();
    if (!line.has(at, TcpHeader.MIN_BYTES)) {
      line.mark("tcp");
      return;
    }
    int headerLength = TcpHeader.headerLength(line.frame(), at);
    if (headerLength < TcpHeader.MIN_BYTES) {
      line.print(" tcp %u", Math.max(0, length - headerLength));
      line.print(" [bad hdr length %u - too short, < 20]", headerLength);
    } else if (line.isQuiet()) {
      line.print("tcp %u", Math.max(0, length - headerLength));
      tooLong(headerLength, length);
    } else if (header(carrier, at, headerLength, length) && length > headerLength) {
      if (line.has(at, headerLength)) {
        payload(TcpHeader.flags(line.frame(), at), at + headerLength, length - headerLength);
      } else {
        // The options were captured up to an end that comes early.
        line.print(" [remaining caplen(%u) < header ", line.end() - at);
        line.print("length(%u)]", headerLength).mark("tcp");
      }
    }
  }

  private void payload(int flags, long at, long length) {
    if ((flags & TcpHeader.RST) != 0 && line.isVerbose()) {
      reason(at, length);
    } else {
      boolean _ = protocols.printByPort(NumberSpace.TCP_PORT, at, length);
    }
  }

  /// What a reset carries may be its reason as text (RFC 9293 §3.5.2).
  private void reason(long at, long length) {
    line.text(line.has(at, length) ? " [RST" : " [!RST").text(length > MAX_REASON ? "+ " : " ");
    for (long i = at; i < at + Math.min(length, MAX_REASON) && line.has(i, 1); i++) {
      line.visible(line.u8(i));
    }
    line.text("]");
  }

  private boolean tooLong(int headerLength, long length) {
    if (headerLength <= length) {
      return false;
    }
    line.text(" [bad hdr length ").number(headerLength);
    line.text(" - too long, > ").number(length).text("]");
    return true;
  }

  /// @return whether the header is sound and was captured
  private boolean header(Carrier carrier, long at, int headerLength, long length) {
    int flags = TcpHeader.flags(line.frame(), at);
    line.text("Flags [");
    flags(flags);
    line.text("]");
    if (tooLong(headerLength, length)) {
      return false;
    }
    if (line.isVerifying() && !carrier.isFragment() && line.has(at, length)) {
      checksum(carrier, at, length);
    }
    boolean hasAcknowledgment = (flags & TcpHeader.ACK) != 0;
    if (hasAcknowledgment && !line.hasAbsoluteSequences()) {
      remember(carrier, at, (flags & TcpHeader.SYN) != 0);
    } else {
      sequences.pass();
    }
    long payload = length - headerLength;
    boolean counts = (flags & (TcpHeader.SYN | TcpHeader.FIN | TcpHeader.RST)) != 0;
    if (payload > 0 || counts || line.verbosity() > 1) {
      int sequence = TcpHeader.sequence(line.frame(), at) - sequences.sequenceOrigin;
      line.text(", seq ").number(Integer.toUnsignedLong(sequence));
      if (payload > 0) {
        line.text(":").number(Integer.toUnsignedLong(sequence + (int) payload));
      }
    }
    if (hasAcknowledgment) {
      int acknowledgment =
          TcpHeader.acknowledgment(line.frame(), at) - sequences.acknowledgmentOrigin;
      line.text(", ack ").number(Integer.toUnsignedLong(acknowledgment));
    }
    line.text(", win ").number(TcpHeader.window(line.frame(), at));
    if ((flags & TcpHeader.URG) != 0) {
      line.text(", urg ").number(TcpHeader.urgentPointer(line.frame(), at));
    }
    if (headerLength > TcpHeader.MIN_BYTES
        && !options.print(at, headerLength, length, sequences.selectiveOrigin)) {
      return false;
    }
    line.text(", length ").number(payload);
    return true;
  }

  private void flags(int flags) {
    if (flags == 0) {
      line.text("none");
    }
    for (int bit = 0; bit < FLAGS.length(); bit++) {
      if ((flags & (1 << bit)) != 0) {
        line.out().append(FLAGS.charAt(bit));
      }
    }
  }

  private void checksum(Carrier carrier, long at, long length) {
    int stored = TcpHeader.checksum(line.frame(), at);
    long sum = carrier.sum(IpProtocol.TCP, at, length);
    line.text(", cksum ").hex(stored, 4);
    if (Checksum.isValid(sum)) {
      line.text(" (correct)");
    } else {
      line.text(" (incorrect -> ").hex(Carrier.shouldBe(sum, stored), 4).text(")");
    }
  }

  private void remember(Carrier carrier, long at, boolean isFirst) {
    MemorySegment frame = line.frame();
    long ip = carrier.at();
    int source = TcpHeader.sourcePort(frame, at);
    int destination = TcpHeader.destinationPort(frame, at);
    if (carrier.isIpv6()) {
      sequences.source(Ipv6Header.sourceHigh(frame, ip), Ipv6Header.sourceLow(frame, ip), source);
      sequences.destination(
          Ipv6Header.destinationHigh(frame, ip), Ipv6Header.destinationLow(frame, ip), destination);
    } else {
      sequences.source(0, Ipv4Header.source(frame, ip), source);
      sequences.destination(0, Ipv4Header.destination(frame, ip), destination);
    }
    sequences.see(isFirst, TcpHeader.sequence(frame, at), TcpHeader.acknowledgment(frame, at));
  }
}
