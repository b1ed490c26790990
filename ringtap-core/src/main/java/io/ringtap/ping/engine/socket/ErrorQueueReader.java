package io.ringtap.ping.engine.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.socket.NetinetIn;
import io.ringtap.linux.abi.socket.SockExtendedErr;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.ping.engine.probe.EchoMessage;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.ping.engine.probe.ProbeTable;
import io.ringtap.socket.MessageReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Reads the error queue of an ICMP datagram socket: requests that have departed, each with the
/// kernel's stamp (`Documentation/networking/timestamping.rst`), and the ICMP errors about them
/// (`ip(7)`, IP_RECVERR). The receiving thread owns it.
///
/// A departed request comes as it went to the device. So its own cookie says which probe it is, and
/// nothing depends on which sends the kernel has numbered: one that the firewall refuses, or that
/// fails for an error that was pending, may take a number or not.
final class ErrorQueueReader implements AutoCloseable {
  /// More than the receive buffer holds.
  private static final int MOST_BATCHES = 256;

  /// The most bytes of a link's header, in front of the IP header.
  private static final int MOST_LINK_BYTES = 64;

  private final boolean ipv6;
  private final IdentifierBlock identifiers;
  private final MessageReader messages;
  private final EchoMessage error = new EchoMessage();
  private @Nullable DepartureReader departures;

  /// A reader of `socket`, which it does not close.
  ErrorQueueReader(Socket socket, boolean ipv6, IdentifierBlock identifiers, Arena arena)
      throws LinuxException {
    this.ipv6 = ipv6;
    this.identifiers = identifiers;
    error.identifiers = identifiers;
    messages = new MessageReader(socket, ipv6, false, arena);
  }

  /// Shows `judge` all that waits.
  ///
  /// @return departures and errors shown
  int drain(ProbeJudge judge) {
    DepartureReader reader = departures;
    if (reader == null) {
      reader = new DepartureReader(judge, identifiers);
      departures = reader;
    }
    int shown = 0;
    int received = 0;
    for (int batch = 0; batch == 0 || MessageReader.isFull(received); batch++) {
      if (batch == MOST_BATCHES) {
        return shown;
      }
      received = messages.receiveErrors();
      for (int i = 0; i < received; i++) {
        messages.select(i);
        show(judge, reader);
        messages.release();
      }
      shown += received;
    }
    return shown;
  }

  private void show(ProbeJudge judge, DepartureReader reader) {
    int report =
        ipv6
            ? messages.control(NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_RECVERR)
            : messages.control(NetinetIn.IPPROTO_IP, NetinetIn.IP_RECVERR);
    if (report < 0) {
      return;
    }
    switch (SockExtendedErr.origin(messages.controls(), report)) {
      case SockExtendedErr.SO_EE_ORIGIN_TIMESTAMPING -> showDeparture(reader);
      case SockExtendedErr.SO_EE_ORIGIN_ICMP, SockExtendedErr.SO_EE_ORIGIN_ICMP6 ->
          showError(judge, report);
      default -> {} // the kernel's own, which the send call has reported
    }
  }

  private void showDeparture(DepartureReader reader) {
    MemorySegment memory = messages.memory();
    long begin = messages.begin();
    long end = messages.end();
    long last = Math.min(begin + MOST_LINK_BYTES, end);
    for (long at = begin; at < last; at += Short.BYTES) { // all link headers are even
      if (isIcmp(memory, at, end)) {
        reader.onFrame(memory, at, end, messages.stamp());
        return;
      }
    }
  }

  /// Whether an IP packet with an ICMP message, or its first fragment, lies there to the end.
  private boolean isIcmp(MemorySegment memory, long at, long end) {
    if (!ipv6) {
      return Ipv4Header.isWhole(memory, at, end)
          && at + Ipv4Header.totalLength(memory, at) == end
          && Ipv4Header.protocol(memory, at) == IpProtocol.ICMP;
    }
    if (!Ipv6Header.isWhole(memory, at, end)
        || at + Ipv6Header.BYTES + Ipv6Header.payloadLength(memory, at) != end) {
      return false;
    }
    int next = Ipv6Header.nextHeader(memory, at);
    return next == IpProtocol.ICMPV6 || next == IpProtocol.FRAGMENT;
  }

  /// The queue holds the probe from its ICMP header on, the target as the message's address, and
  /// the error and who reported it as a control message.
  private void showError(ProbeJudge judge, int report) {
    if (!IcmpHeader.isWhole(messages.memory(), messages.begin(), messages.end())) {
      return;
    }
    // The socket's own identifier stands for the quoted one, which the kernel has matched already.
    int sequence = IcmpHeader.sequence(messages.memory(), messages.begin());
    int probe = identifiers.probe(identifiers.base(), sequence);
    MemorySegment controls = messages.controls();
    long offender = SockExtendedErr.offender(report);
    error.fromHigh = messages.high(controls, offender);
    error.fromLow = probeLow(messages.low(controls, offender));
    error.hopLimit = 0; // the queue does not keep it
    error.targetHigh = messages.addressHigh();
    error.targetLow = probeLow(messages.addressLow());
    error.stamp = messages.stamp();
    int type = SockExtendedErr.type(controls, report);
    int code = SockExtendedErr.code(controls, report);
    boolean hasMtu = ipv6 ? Icmpv6Type.hasMtu(type) : IcmpType.hasMtu(type, code);
    int mtu = hasMtu ? SockExtendedErr.info(controls, report) : 0;
    judge.onRefusal(probe, error, type, code, mtu);
  }

  private long probeLow(long low) {
    return ipv6 ? low : ProbeTable.ipv4((int) low);
  }

  /// Gives its memory back.
  @Override
  public void close() {
    messages.close();
  }
}
