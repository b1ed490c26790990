package io.ringtap.print;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.ArpPacket;
import io.ringtap.packet.Direction;
import io.ringtap.packet.DnsMessage;
import io.ringtap.packet.DnsRecord;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.Frame;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.LinuxSll;
import io.ringtap.packet.LinuxSll2;
import io.ringtap.packet.PacketLayers;
import io.ringtap.packet.TcpHeader;
import io.ringtap.packet.UdpHeader;
import io.ringtap.packet.VlanTag;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes packets as flat JSON objects, with field names in snake_case that include units. Fields
/// of a layer that is missing or incomplete are left out.
///
/// Not thread-safe. A malformed packet has fewer fields and never causes an exception.
public final class PacketJson {
  private static final String TCP_FLAGS = "FSRPAUEC"; // from the lowest bit

  private final boolean hasData;
  private final PacketLayers layers = new PacketLayers();
  private final StringBuilder text = new StringBuilder();
  private final JsonText json = new JsonText();

  /// Creates a writer, which keeps no state from packet to packet.
  ///
  /// @param hasData whether the captured bytes are written too, as hexadecimal digits
  public PacketJson(boolean hasData) {
    this.hasData = hasData;
  }

  /// Appends a packet: one object, without a line feed.
  ///
  /// @param number of the packet; 0 leaves it out
  /// @param interfaceName the interface of the capture; null if it is not known
  public void print(StringBuilder to, Frame frame, long number, @Nullable String interfaceName) {
    json.begin(to);
    json.field("type", "packet");
    if (number != 0) {
      json.field("number", number);
    }
    fields(to, frame, interfaceName);
    json.end();
  }

  /// Appends the fields of a packet to an object that the caller has begun and will end.
  ///
  /// @param interfaceName the interface of the capture; null if it is not known
  public void fields(StringBuilder to, Frame frame, @Nullable String interfaceName) {
    json.resume(to);
    if (interfaceName != null) {
      json.field("interface", interfaceName);
    }
    MemorySegment memory = frame.memory();
    long offset = frame.offset();
    int caplen = frame.caplen();
    LinkType linkType = frame.linkType();
    layers.read(frame);
    json.field("ts_ns", frame.epochNanos());
    json.field("caplen", caplen);
    json.field("len", Integer.toUnsignedLong(frame.origlen()));
    json.field("link_type", linkType.word());
    if (frame.direction() != Direction.UNKNOWN) {
      json.field("direction", frame.direction() == Direction.OUTGOING ? "out" : "in");
    }
    comments(frame.comments());
    link(linkType, memory, offset, offset + caplen);
    if (layers.networkOffset() >= 0 && layers.etherType() >= 0) {
      json.field("eth_type", layers.etherType());
    }
    if (layers.ipVersion() != 0) {
      ip(memory);
      transport(memory);
    } else if (layers.etherType() == EtherType.ARP) {
      arp(memory);
    }
    if (hasData) {
      text.setLength(0);
      for (int i = 0; i < caplen; i++) {
        hexByte(memory.get(JAVA_BYTE, offset + i));
      }
      json.field("data_hex", text);
    }
  }

  private void comments(List<String> comments) {
    if (comments.isEmpty()) {
      return;
    }
    json.beginArray("comments");
    for (int i = 0; i < comments.size(); i++) {
      json.element(comments.get(i));
    }
    json.endArray();
  }

  private void link(LinkType linkType, MemorySegment memory, long at, long end) {
    if (linkType.equals(LinkType.ETHERNET) && EthernetHeader.isWhole(memory, at, end)) {
      json.field("eth_src", hardware(EthernetHeader.source(memory, at)));
      json.field("eth_dst", hardware(EthernetHeader.destination(memory, at)));
      vlans(memory, at + EthernetHeader.BYTES);
    } else if (linkType.equals(LinkType.LINUX_SLL) && LinuxSll.isWhole(memory, at, end)) {
      json.field("packet_type", LinuxSll.packetType(memory, at));
      vlans(memory, at + LinuxSll.BYTES);
    } else if (linkType.equals(LinkType.LINUX_SLL2) && LinuxSll2.isWhole(memory, at, end)) {
      json.field("if_index", LinuxSll2.interfaceIndex(memory, at));
      json.field("packet_type", LinuxSll2.packetType(memory, at));
      vlans(memory, at + LinuxSll2.BYTES);
    }
  }

  private void vlans(MemorySegment memory, long first) {
    if (layers.vlanCount() == 0) {
      return;
    }
    json.beginArray("vlan");
    for (int i = 0; i < layers.vlanCount(); i++) {
      json.element(VlanTag.id(memory, first + (long) i * VlanTag.BYTES));
    }
    json.endArray();
  }

  private void ip(MemorySegment memory) {
    long at = layers.networkOffset();
    boolean isIpv6 = layers.ipVersion() == 6;
    json.field("ip_version", layers.ipVersion());
    if (isIpv6) {
      json.field(
          "ip_src", ipv6(Ipv6Header.sourceHigh(memory, at), Ipv6Header.sourceLow(memory, at)));
      json.field(
          "ip_dst",
          ipv6(Ipv6Header.destinationHigh(memory, at), Ipv6Header.destinationLow(memory, at)));
      json.field("ip_ttl", Ipv6Header.hopLimit(memory, at));
    } else {
      json.field("ip_src", ipv4(Ipv4Header.source(memory, at)));
      json.field("ip_dst", ipv4(Ipv4Header.destination(memory, at)));
      json.field("ip_ttl", Ipv4Header.timeToLive(memory, at));
      json.field("ip_id", Ipv4Header.identification(memory, at));
    }
    json.field("ip_proto", layers.protocol());
    if (layers.isFragment()) {
      json.field("ip_fragment", true);
    }
  }

  private void transport(MemorySegment memory) {
    long at = layers.transportOffset();
    if (at < 0) {
      return;
    }
    if (layers.hasPorts()) {
      json.field("src_port", layers.sourcePort());
      json.field("dst_port", layers.destinationPort());
    }
    switch (layers.protocol()) {
      case IpProtocol.TCP -> {
        if (TcpHeader.MIN_BYTES <= layers.end() - at) {
          tcp(memory, at);
        }
      }
      case IpProtocol.UDP -> {
        if (UdpHeader.isWhole(memory, at, layers.end())) {
          json.field("udp_len", UdpHeader.length(memory, at));
          dns(memory, at + UdpHeader.BYTES);
        }
      }
      case IpProtocol.ICMP, IpProtocol.ICMPV6 -> {
        json.field("icmp_type", IcmpHeader.type(memory, at));
        json.field("icmp_code", IcmpHeader.code(memory, at));
      }
      default -> {}
    }
  }

  private void tcp(MemorySegment memory, long at) {
    int flags = TcpHeader.flags(memory, at);
    text.setLength(0);
    for (int bit = 0; bit < TCP_FLAGS.length(); bit++) {
      if ((flags & (1 << bit)) != 0) {
        text.append(TCP_FLAGS.charAt(bit));
      }
    }
    json.field("tcp_flags", text);
    json.field("tcp_seq", Integer.toUnsignedLong(TcpHeader.sequence(memory, at)));
    if ((flags & TcpHeader.ACK) != 0) {
      json.field("tcp_ack", Integer.toUnsignedLong(TcpHeader.acknowledgment(memory, at)));
    }
    json.field("tcp_win", TcpHeader.window(memory, at));
  }

  private void dns(MemorySegment memory, long message) {
    long end = layers.end();
    boolean isDns = isDns(layers.sourcePort()) || isDns(layers.destinationPort());
    if (!isDns || !DnsMessage.isWhole(memory, message, end)) {
      return;
    }
    boolean isResponse = (DnsMessage.flags(memory, message) & DnsMessage.RESPONSE) != 0;
    json.field("dns_id", DnsMessage.id(memory, message));
    json.field("dns_response", isResponse);
    if (isResponse) {
      json.field("dns_rcode", DnsMessage.responseCode(memory, message));
      json.field("dns_answers", DnsMessage.answers(memory, message));
    }
    if (DnsMessage.questions(memory, message) == 0) {
      return;
    }
    long name = message + DnsMessage.BYTES;
    long question = DnsMessage.skipName(memory, name, end);
    text.setLength(0);
    if (question >= 0
        && DnsRecord.isWholeQuestion(question, end)
        && DnsMessage.appendName(text, memory, message, name, end)) {
      int type = DnsRecord.type(memory, question);
      @Nullable String word = DnsRecord.typeWord(type);
      json.field("dns_name", text);
      json.field("dns_type", word == null ? "TYPE" + type : word);
    }
  }

  private static boolean isDns(int port) {
    return port == DnsMessage.PORT || port == DnsMessage.MULTICAST_PORT;
  }

  private void arp(MemorySegment memory) {
    long at = layers.networkOffset();
    if (!ArpPacket.isWhole(memory, at, layers.end())) {
      return;
    }
    json.field("arp_op", ArpPacket.operation(memory, at));
    if (ArpPacket.isEthernetIpv4(memory, at)) {
      json.field("arp_sender_mac", hardware(ArpPacket.senderHardware(memory, at)));
      json.field("arp_sender_ip", ipv4(ArpPacket.senderProtocol(memory, at)));
      json.field("arp_target_mac", hardware(ArpPacket.targetHardware(memory, at)));
      json.field("arp_target_ip", ipv4(ArpPacket.targetProtocol(memory, at)));
    }
  }

  private CharSequence hardware(long address) {
    text.setLength(0);
    for (int shift = 40; shift >= 0; shift -= 8) {
      hexByte((byte) (address >>> shift));
      if (shift > 0) {
        text.append(':');
      }
    }
    return text;
  }

  private void hexByte(byte value) {
    text.append(Character.forDigit(value >> 4 & 0xF, 16));
    text.append(Character.forDigit(value & 0xF, 16));
  }

  private CharSequence ipv4(int address) {
    text.setLength(0);
    IpAddress.appendIpv4(text, address);
    return text;
  }

  private CharSequence ipv6(long high, long low) {
    text.setLength(0);
    IpAddress.appendIpv6(text, high, low);
    return text;
  }
}
