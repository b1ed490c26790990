package io.ringtap.ping.engine.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.Socket;
import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.ping.engine.probe.EchoMessage;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.ping.engine.probe.ProbeTable;
import io.ringtap.socket.MessageReader;
import java.lang.foreign.Arena;

/// Reads answers from an ICMP socket, raw or datagram, in batches, with the kernel's receive stamp
/// and the hop limit. The receiving thread owns it.
final class SocketReader implements AutoCloseable {
  private final boolean ipv6;
  private final boolean isRaw;
  private final EchoMessage message = new EchoMessage();
  private final MessageReader messages;

  /// A reader of `socket`, which it has deliver stamps and hop limits. It does not close it.
  ///
  /// @param isRaw whether the socket is raw: IPv4 messages then begin with the IP header, and
  ///   nobody has checked the sums of any
  SocketReader(Socket socket, boolean ipv6, boolean isRaw, IdentifierBlock identifiers, Arena arena)
      throws LinuxException {
    message.identifiers = identifiers;
    message.isChecked = !isRaw;
    this.ipv6 = ipv6;
    this.isRaw = isRaw;
    messages = new MessageReader(socket, ipv6, isRaw, arena);
  }

  int number() {
    return messages.number();
  }

  /// Bytes of the receive buffer, as the kernel counts them.
  int bufferBytes() {
    return messages.bufferBytes();
  }

  /// Messages for which the socket has had no room, so far.
  long dropped() {
    return messages.dropped();
  }

  /// Takes a batch from the socket, without waiting.
  ///
  /// @return messages taken, for [#show]; 0 if there are none
  int receive() {
    return messages.receive();
  }

  /// Whether a batch of so many was full, so that there may be more.
  static boolean isFull(int received) {
    return MessageReader.isFull(received);
  }

  /// Shows `judge` what the last [#receive] took.
  void show(int received, ProbeJudge judge) {
    for (int i = 0; i < received; i++) {
      messages.select(i);
      show(judge);
      messages.release();
    }
  }

  private void show(ProbeJudge judge) {
    message.memory = messages.memory();
    message.icmp = messages.begin();
    message.end = messages.end();
    message.fromHigh = messages.addressHigh();
    message.fromLow = probeLow(messages.addressLow());
    message.hopLimit = messages.hopLimit();
    message.trafficClass = messages.trafficClass();
    message.stamp = messages.stamp();
    if (isRaw && ipv6) {
      message.pseudoSum = pseudoSum();
    } else if (isRaw) {
      if (!Ipv4Header.isWhole(message.memory, message.icmp, message.end)) {
        return;
      }
      message.ip = message.icmp;
      message.hopLimit = Ipv4Header.timeToLive(message.memory, message.icmp);
      message.trafficClass = Ipv4Header.typeOfService(message.memory, message.icmp);
      message.icmp += Ipv4Header.headerLength(message.memory, message.icmp);
    }
    if (!IcmpHeader.isWhole(message.memory, message.icmp, message.end)) {
      return;
    }
    int type = IcmpHeader.type(message.memory, message.icmp);
    if (ipv6
        ? type == Icmpv6Type.ECHO_REPLY
        : type == IcmpType.ECHO_REPLY || type == IcmpType.TIMESTAMP_REPLY) {
      judge.onReply(message);
    } else if (isRaw) {
      judge.onError(message);
    }
  }

  private long pseudoSum() {
    return Checksum.pseudoHeader(
        message.fromHigh,
        message.fromLow,
        messages.destinationHigh(),
        messages.destinationLow(),
        IpProtocol.ICMPV6,
        (int) (message.end - message.icmp));
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
