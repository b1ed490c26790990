package io.ringtap.testnet.host;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.NetworkOrder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// One IP packet in its buffer, which arrives as an echo request and is turned in place into the
/// answer of a host or the error of a router. For one thread.
final class EchoPacket {
  /// Room for the largest IP packet and the headers that an error puts before it.
  static final int CAPACITY = 65536 + 128;

  /// The kind of a received packet.
  enum Kind {
    REQUEST,
    /// An echo request that a host must drop.
    DAMAGED,
    OTHER
  }

  private static final int MAX_IPV4_HEADER = 60; // RFC 791 §3.1: 15 words
  private static final int MAX_IPV4_ERROR = 576; // RFC 1812 §4.3.2.3
  private static final int MAX_IPV6_ERROR = 1280; // RFC 4443 §2.4c
  private static final byte NO_OPERATION = 1; // RFC 791 §3.1, an IP option of one byte

  private final MemorySegment packet;
  private boolean ipv6;
  private int icmp; // offset of the ICMP header
  private int end;

  /// @param arena the lifetime of the buffer
  EchoPacket(Arena arena) {
    packet = arena.allocate(CAPACITY, Long.BYTES);
  }

  /// The buffer, into which a packet is read and from which [#length] bytes are written.
  MemorySegment memory() {
    return packet;
  }

  int length() {
    return end;
  }

  /// Examines a received packet of `bytes`. All other methods are for a [Kind#REQUEST].
  Kind arrived(int bytes) {
    end = bytes;
    ipv6 = bytes > 0 && Ipv4Header.version(packet, 0) == 6;
    return ipv6 ? arrivedIpv6() : arrivedIpv4();
  }

  private Kind arrivedIpv4() {
    if (!Ipv4Header.isWhole(packet, 0, end)
        || Ipv4Header.protocol(packet, 0) != IpProtocol.ICMP
        || Ipv4Header.moreFragments(packet, 0)
        || Ipv4Header.fragmentOffset(packet, 0) != 0) {
      return Kind.OTHER;
    }
    icmp = Ipv4Header.headerLength(packet, 0);
    return arrivedEcho(Ipv4Header.totalLength(packet, 0), IcmpType.ECHO_REQUEST);
  }

  private Kind arrivedIpv6() {
    if (!Ipv6Header.isWhole(packet, 0, end)
        || Ipv6Header.nextHeader(packet, 0) != IpProtocol.ICMPV6) {
      return Kind.OTHER;
    }
    icmp = Ipv6Header.BYTES;
    return arrivedEcho(
        Ipv6Header.BYTES + Ipv6Header.payloadLength(packet, 0), Icmpv6Type.ECHO_REQUEST);
  }

  private Kind arrivedEcho(int claimed, int request) {
    if (icmp >= end || IcmpHeader.type(packet, icmp) != request) {
      return Kind.OTHER;
    }
    if (claimed != end
        || !IcmpHeader.isWhole(packet, icmp, end)
        || IcmpHeader.code(packet, icmp) != 0
        || !Checksum.isValid(messageSum())) {
      return Kind.DAMAGED;
    }
    return Kind.REQUEST;
  }

  boolean isIpv6() {
    return ipv6;
  }

  /// The destination as [IpAddress#high] has it.
  long destinationHigh() {
    return ipv6 ? Ipv6Header.destinationHigh(packet, 0) : 0;
  }

  /// The destination as [IpAddress#low] has it.
  long destinationLow() {
    return ipv6
        ? Ipv6Header.destinationLow(packet, 0)
        : Integer.toUnsignedLong(Ipv4Header.destination(packet, 0));
  }

  /// The length of the data after the ICMP header.
  int payload() {
    return end - icmp - IcmpHeader.BYTES;
  }

  /// Turns the request into its answer. Checksums are stale until [#finish].
  void answer(int hopLimit) {
    if (ipv6) {
      long high = Ipv6Header.sourceHigh(packet, 0);
      long low = Ipv6Header.sourceLow(packet, 0);
      MemorySegment.copy(packet, Ipv6Header.DESTINATION, packet, Ipv6Header.SOURCE, 16);
      NetworkOrder.doubleWord(packet, Ipv6Header.DESTINATION, high);
      NetworkOrder.doubleWord(packet, Ipv6Header.DESTINATION + 8, low);
      NetworkOrder.unsignedByte(packet, Ipv6Header.HOP_LIMIT, hopLimit);
      NetworkOrder.unsignedByte(packet, icmp + IcmpHeader.TYPE, Icmpv6Type.ECHO_REPLY);
    } else {
      int source = Ipv4Header.source(packet, 0);
      NetworkOrder.word(packet, Ipv4Header.SOURCE, Ipv4Header.destination(packet, 0));
      NetworkOrder.word(packet, Ipv4Header.DESTINATION, source);
      Ipv4Header.timeToLive(packet, 0, hopLimit);
      NetworkOrder.unsignedByte(packet, icmp + IcmpHeader.TYPE, IcmpType.ECHO_REPLY);
    }
  }

  /// Truncates the payload to `bytes`; it must not be shorter. Checksums are stale until [#finish].
  void truncate(int bytes) {
    end = icmp + IcmpHeader.BYTES + bytes;
    if (ipv6) {
      NetworkOrder.unsignedShort(packet, Ipv6Header.PAYLOAD_LENGTH, end - Ipv6Header.BYTES);
    } else {
      Ipv4Header.totalLength(packet, 0, end);
    }
  }

  /// Changes the source address. Checksums are stale until [#finish].
  void source(IpAddress address) {
    if (ipv6) {
      NetworkOrder.doubleWord(packet, Ipv6Header.SOURCE, address.high());
      NetworkOrder.doubleWord(packet, Ipv6Header.SOURCE + 8, address.low());
    } else {
      NetworkOrder.word(packet, Ipv4Header.SOURCE, (int) address.low());
    }
  }

  /// Flips the payload bit that `entropy` selects. The payload must not be empty.
  void flipPayloadBit(long entropy) {
    long bit = Long.remainderUnsigned(entropy, payload() * 8L);
    long at = icmp + IcmpHeader.BYTES + bit / 8;
    NetworkOrder.unsignedByte(packet, at, NetworkOrder.unsignedByte(packet, at) ^ 1 << bit % 8);
  }

  /// Computes all checksums, then makes the ICMP checksum wrong by flipping one bit, which always
  /// changes a sum modulo 65 535.
  void spoilChecksum() {
    finish();
    IcmpHeader.checksum(packet, icmp, IcmpHeader.checksum(packet, icmp) ^ 1);
  }

  /// Turns the request into an ICMP error that quotes it, completely or as far as the RFCs allow.
  void refuse(IcmpError error, int hopLimit) {
    if (ipv6) {
      refuseIpv6(error, hopLimit);
    } else {
      refuseIpv4(error, hopLimit);
    }
    finish();
  }

  private void refuseIpv4(IcmpError error, int hopLimit) {
    int requester = Ipv4Header.source(packet, 0);
    int tos = Ipv4Header.typeOfService(packet, 0);
    int quote = Ipv4Header.MIN_BYTES + IcmpHeader.BYTES;
    // Options that do not fit in addition to those of the request are left out.
    int options = Math.min(error.quotedOptions(), MAX_IPV4_HEADER - icmp);
    MemorySegment.copy(packet, icmp, packet, quote + icmp + options, end - icmp);
    MemorySegment.copy(packet, 0, packet, quote, icmp);
    packet.asSlice(quote + icmp, options).fill(NO_OPERATION);
    Ipv4Header.headerLength(packet, quote, icmp + options);
    Ipv4Header.totalLength(packet, quote, end + options);
    Ipv4Header.updateChecksum(packet, quote);
    end = Math.min(quote + options + end, MAX_IPV4_ERROR);
    icmp = Ipv4Header.MIN_BYTES;
    int router = (int) error.router().low();
    Ipv4Header.write(packet, 0, tos, end, 0, hopLimit, IpProtocol.ICMP, router, requester);
    IcmpHeader.writeError(packet, icmp, error.type(), error.code(), error.parameter());
  }

  private void refuseIpv6(IcmpError error, int hopLimit) {
    long high = Ipv6Header.sourceHigh(packet, 0);
    long low = Ipv6Header.sourceLow(packet, 0);
    int quote = Ipv6Header.BYTES + IcmpHeader.BYTES;
    MemorySegment.copy(packet, 0, packet, quote, end);
    end = Math.min(quote + end, MAX_IPV6_ERROR);
    icmp = Ipv6Header.BYTES;
    Ipv6Header.write(
        packet,
        0,
        0,
        0,
        end - Ipv6Header.BYTES,
        IpProtocol.ICMPV6,
        hopLimit,
        error.router().high(),
        error.router().low(),
        high,
        low);
    IcmpHeader.writeError(packet, icmp, error.type(), error.code(), error.parameter());
  }

  /// Computes all checksums.
  void finish() {
    IcmpHeader.checksum(packet, icmp, 0);
    IcmpHeader.checksum(packet, icmp, Checksum.fold(messageSum()));
    if (!ipv6) {
      Ipv4Header.updateChecksum(packet, 0);
    }
  }

  private long messageSum() {
    int length = end - icmp;
    long sum = Checksum.sum(packet, icmp, length);
    return ipv6
        ? sum
            + Checksum.pseudoHeader(
                Ipv6Header.sourceHigh(packet, 0),
                Ipv6Header.sourceLow(packet, 0),
                Ipv6Header.destinationHigh(packet, 0),
                Ipv6Header.destinationLow(packet, 0),
                IpProtocol.ICMPV6,
                length)
        : sum;
  }
}
