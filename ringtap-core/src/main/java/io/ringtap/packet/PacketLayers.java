package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The offsets of the layers of a captured packet, found in one pass. One thread can reuse an
/// instance for many packets; reading allocates nothing.
///
/// The offsets point into the memory passed to [#read] and are valid as long as it is. An offset is
/// -1 if the layer is missing: cut off by the snaplen, malformed, of a kind that is not decoded, or
/// in another fragment. Nothing is read at or beyond `offset + caplen`.
public final class PacketLayers {
  /// The most tags or extension headers that are followed; a packet with more is an attack on the
  /// reader.
  private static final int MAX_NESTED = 16;

  private static final int PORTS = 4; // bytes
  private static final int FAMILY = 4; // bytes of a BSD loopback header

  private MemorySegment memory = MemorySegment.NULL;
  private int etherType;
  private int vlanCount;
  private int vlanId;
  private long networkOffset;
  private int ipVersion;
  private int protocol;
  private boolean isFragment;
  private long transportOffset;
  private int ports;
  private boolean hasPorts;
  private long payloadOffset;
  private long end;

  /// Creates an instance that holds no packet yet.
  public PacketLayers() {
    forget(0);
  }

  /// The layers of `frame`.
  public static PacketLayers of(Frame frame) {
    PacketLayers layers = new PacketLayers();
    layers.read(frame);
    return layers;
  }

  /// Looks at another packet.
  public void read(Frame frame) {
    read(frame.linkType(), frame.memory(), frame.offset(), frame.caplen());
  }

  /// Looks at another packet.
  ///
  /// @param offset the first captured byte
  /// @param caplen captured bytes
  public void read(LinkType linkType, MemorySegment frame, long offset, int caplen) {
    memory = frame;
    long captured = offset + caplen;
    forget(captured);
    switch (linkType.number()) {
      case LinkType.LINKTYPE_ETHERNET -> {
        if (EthernetHeader.isWhole(memory, offset, captured)) {
          int type = EthernetHeader.etherType(memory, offset);
          readTagged(memory, type, offset + EthernetHeader.BYTES, captured);
        }
      }
      case LinkType.LINKTYPE_LINUX_SLL -> {
        if (LinuxSll.isWhole(memory, offset, captured)) {
          int type = LinuxSll.protocol(memory, offset);
          readTagged(memory, type, offset + LinuxSll.BYTES, captured);
        }
      }
      case LinkType.LINKTYPE_LINUX_SLL2 -> {
        if (LinuxSll2.isWhole(memory, offset, captured)) {
          int type = LinuxSll2.protocol(memory, offset);
          readTagged(memory, type, offset + LinuxSll2.BYTES, captured);
        }
      }
      case LinkType.LINKTYPE_NULL, LinkType.LINKTYPE_LOOP -> {
        if (caplen > FAMILY) {
          readByVersion(memory, offset + FAMILY, captured);
        }
      }
      case LinkType.LINKTYPE_RAW, LinkType.LINKTYPE_IPV4, LinkType.LINKTYPE_IPV6 -> {
        if (caplen > 0) {
          readByVersion(memory, offset, captured);
        }
      }
      default -> {}
    }
  }

  private void forget(long captured) {
    etherType = -1;
    vlanCount = 0;
    vlanId = -1;
    networkOffset = -1;
    ipVersion = 0;
    protocol = -1;
    isFragment = false;
    transportOffset = -1;
    hasPorts = false;
    ports = 0;
    payloadOffset = -1;
    end = captured;
  }

  private void readTagged(MemorySegment memory, int firstType, long first, long captured) {
    int type = firstType;
    long at = first;
    while (EtherType.isVlan(type) && vlanCount < MAX_NESTED) {
      if (!VlanTag.isWhole(memory, at, captured)) {
        return;
      }
      if (vlanCount++ == 0) {
        vlanId = VlanTag.id(memory, at);
      }
      type = VlanTag.etherType(memory, at);
      at += VlanTag.BYTES;
    }
    etherType = type;
    networkOffset = at;
    if (type == EtherType.IPV4) {
      readIpv4(memory, at, captured);
    } else if (type == EtherType.IPV6) {
      readIpv6(memory, at, captured);
    }
  }

  /// Without an EtherType, the first four bits of a packet say which IP version it is.
  private void readByVersion(MemorySegment memory, long at, long captured) {
    int version = Ipv4Header.version(memory, at);
    networkOffset = at;
    if (version == 4) {
      etherType = EtherType.IPV4;
      readIpv4(memory, at, captured);
    } else if (version == 6) {
      etherType = EtherType.IPV6;
      readIpv6(memory, at, captured);
    }
  }

  private void readIpv4(MemorySegment memory, long at, long captured) {
    if (captured - at < Ipv4Header.MIN_BYTES || Ipv4Header.version(memory, at) != 4) {
      return;
    }
    int headerLength = Ipv4Header.headerLength(memory, at);
    int totalLength = Ipv4Header.totalLength(memory, at);
    // A total length of zero is a packet that the network card has yet to cut into segments.
    if (headerLength < Ipv4Header.MIN_BYTES || (totalLength < headerLength && totalLength != 0)) {
      return;
    }
    ipVersion = 4;
    protocol = Ipv4Header.protocol(memory, at);
    if (totalLength != 0) {
      end = Math.min(captured, at + totalLength);
    }
    int fragmentOffset = Ipv4Header.fragmentOffset(memory, at);
    isFragment = fragmentOffset != 0 || Ipv4Header.moreFragments(memory, at);
    if (fragmentOffset == 0) {
      readTransport(memory, at + headerLength);
    }
  }

  private void readIpv6(MemorySegment memory, long at, long captured) {
    if (!Ipv6Header.isWhole(memory, at, captured)) {
      return;
    }
    ipVersion = 6;
    int payloadLength = Ipv6Header.payloadLength(memory, at);
    // Zero with a hop-by-hop option is a jumbogram (RFC 2675); Linux shows BIG TCP packets so.
    if (payloadLength != 0) {
      end = Math.min(captured, at + Ipv6Header.BYTES + payloadLength);
    }
    int kind = Ipv6Header.nextHeader(memory, at);
    long next = at + Ipv6Header.BYTES;
    for (int i = 0; i < MAX_NESTED && Ipv6Extension.isOne(kind); i++) {
      if (!Ipv6Extension.isWhole(memory, next, end, kind)) {
        protocol = kind;
        return;
      }
      int following = Ipv6Extension.nextHeader(memory, next);
      if (kind == IpProtocol.FRAGMENT) {
        int fragmentOffset = Ipv6Extension.fragmentOffset(memory, next);
        isFragment = fragmentOffset != 0 || Ipv6Extension.moreFragments(memory, next);
        if (fragmentOffset != 0) {
          protocol = following;
          return;
        }
      }
      next += Ipv6Extension.length(memory, next, kind);
      kind = following;
    }
    protocol = kind;
    if (!Ipv6Extension.isOne(kind)) {
      readTransport(memory, next);
    }
  }

  private void readTransport(MemorySegment memory, long at) {
    if (end - at < PORTS) {
      return;
    }
    transportOffset = at;
    if (IpProtocol.hasPorts(protocol)) {
      hasPorts = true;
      ports = NetworkOrder.word(memory, at);
    }
    payloadOffset =
        switch (protocol) {
          case IpProtocol.TCP ->
              TcpHeader.isWhole(memory, at, end) ? at + TcpHeader.headerLength(memory, at) : -1;
          case IpProtocol.UDP, IpProtocol.UDP_LITE ->
              UdpHeader.isWhole(memory, at, end) ? at + UdpHeader.BYTES : -1;
          case IpProtocol.ICMP, IpProtocol.ICMPV6 ->
              IcmpHeader.isWhole(memory, at, end) ? at + IcmpHeader.BYTES : -1;
          default -> -1;
        };
  }

  /// The EtherType after all VLAN tags: one of [EtherType], a length below [EtherType#MIN], or -1.
  public int etherType() {
    return etherType;
  }

  /// How many VLAN tags the frame has.
  public int vlanCount() {
    return vlanCount;
  }

  /// The identifier in the first, outermost tag, or -1 if absent.
  public int vlanId() {
    return vlanId;
  }

  /// The offset of the header that [#etherType] names, or -1. If [#ipVersion] is not 0, it is a
  /// valid IP header, whose IPv4 options may be cut.
  public long networkOffset() {
    return networkOffset;
  }

  /// 4 or 6, or 0 if the packet is not IP or its header is cut or malformed.
  public int ipVersion() {
    return ipVersion;
  }

  /// One of [IpProtocol], after all extension headers of IPv6, or -1. If an extension header is
  /// cut, this is that header's number.
  public int protocol() {
    return protocol;
  }

  /// Whether the packet is a fragment of a larger datagram.
  public boolean isFragment() {
    return isFragment;
  }

  /// The offset of the transport header, of which at least four bytes (the ports, or type, code and
  /// checksum of ICMP) were captured; -1 if they were not, or in a fragment other than the first.
  public long transportOffset() {
    return transportOffset;
  }

  /// Whether [#sourcePort] and [#destinationPort] are available: TCP, UDP and similar protocols.
  public boolean hasPorts() {
    return hasPorts;
  }

  /// 0 without ports.
  public int sourcePort() {
    return ports >>> 16;
  }

  /// 0 without ports.
  public int destinationPort() {
    return ports & 0xFFFF;
  }

  /// The source address; null if the packet is not IP. Creates an object; the header classes read
  /// addresses as numbers.
  public @Nullable IpAddress source() {
    return switch (ipVersion) {
      case 4 -> IpAddress.ofIpv4(Ipv4Header.source(memory, networkOffset));
      case 6 ->
          IpAddress.ofIpv6(
              Ipv6Header.sourceHigh(memory, networkOffset),
              Ipv6Header.sourceLow(memory, networkOffset));
      default -> null;
    };
  }

  /// The destination address; null if the packet is not IP. Creates an object.
  public @Nullable IpAddress destination() {
    return switch (ipVersion) {
      case 4 -> IpAddress.ofIpv4(Ipv4Header.destination(memory, networkOffset));
      case 6 ->
          IpAddress.ofIpv6(
              Ipv6Header.destinationHigh(memory, networkOffset),
              Ipv6Header.destinationLow(memory, networkOffset));
      default -> null;
    };
  }

  /// The captured payload after a complete TCP, UDP or ICMP header; null if there is no such
  /// header. It is lent as the frame is. Creates an object.
  public @Nullable MemorySegment payload() {
    return payloadOffset < 0
        ? null
        : memory.asSlice(payloadOffset, Math.max(0, end - payloadOffset));
  }

  /// The offset of the payload after a complete TCP, UDP or ICMP header, equal to [#end] if there
  /// is none; -1 without such a header.
  public long payloadOffset() {
    return payloadOffset;
  }

  /// The end of the captured part of the IP packet, without the frame's padding. For other packets,
  /// the end of the captured bytes.
  public long end() {
    return end;
  }
}
