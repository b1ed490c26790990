package io.ringtap.cli.capture.print;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.ArpPacket;
import io.ringtap.packet.DnsMessage;
import io.ringtap.packet.DnsRecord;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes the fields of a packet into a JSON object: flat, in snake_case, with units in the names.
/// A field whose layer is not there, or not whole, is left out.
///
/// One thread uses it. A malformed packet has fewer fields and never throws.
public final class PacketJson {
  private static final String TCP_FLAGS = "FSRPAUEC"; // from the lowest bit

  private final boolean hasData;
  private final PacketLayers layers = new PacketLayers();
  private final StringBuilder text = new StringBuilder();

  /// @param hasData whether the captured octets are written too, as hexadecimal digits
  public PacketJson(boolean hasData) {
    this.hasData = hasData;
  }

  /// Writes the fields; beginning and ending the object is the caller's, who may add others.
  ///
  /// @param offset the first captured octet in `memory`, which is not kept
  /// @param caplen octets captured
  /// @param origlen octets on the wire
  public void write(
      JsonGenerator json,
      LinkType linkType,
      MemorySegment memory,
      long offset,
      int caplen,
      int origlen,
      long epochNanos) {
    layers.read(linkType, memory, offset, caplen);
    json.writeNumberProperty("ts_ns", epochNanos);
    json.writeNumberProperty("caplen", caplen);
    json.writeNumberProperty("len", origlen);
    json.writeStringProperty("link_type", linkType.word());
    link(json, linkType, memory, offset, offset + caplen);
    if (layers.networkOffset() >= 0 && layers.etherType() >= 0) {
      json.writeNumberProperty("eth_type", layers.etherType());
    }
    if (layers.ipVersion() != 0) {
      ip(json, memory);
      transport(json, memory);
    } else if (layers.etherType() == EtherType.ARP) {
      arp(json, memory);
    }
    if (hasData) {
      text.setLength(0);
      for (int i = 0; i < caplen; i++) {
        hexOctet(memory.get(JAVA_BYTE, offset + i));
      }
      json.writeStringProperty("data_hex", text.toString());
    }
  }

  private void link(
      JsonGenerator json, LinkType linkType, MemorySegment memory, long at, long end) {
    if (linkType.equals(LinkType.ETHERNET) && EthernetHeader.isWhole(memory, at, end)) {
      json.writeStringProperty("eth_src", hardware(EthernetHeader.source(memory, at)));
      json.writeStringProperty("eth_dst", hardware(EthernetHeader.destination(memory, at)));
      vlans(json, memory, at + EthernetHeader.BYTES);
    } else if (linkType.equals(LinkType.LINUX_SLL) && LinuxSll.isWhole(memory, at, end)) {
      json.writeNumberProperty("packet_type", LinuxSll.packetType(memory, at));
      vlans(json, memory, at + LinuxSll.BYTES);
    } else if (linkType.equals(LinkType.LINUX_SLL2) && LinuxSll2.isWhole(memory, at, end)) {
      json.writeNumberProperty("if_index", LinuxSll2.interfaceIndex(memory, at));
      json.writeNumberProperty("packet_type", LinuxSll2.packetType(memory, at));
      vlans(json, memory, at + LinuxSll2.BYTES);
    }
  }

  private void vlans(JsonGenerator json, MemorySegment memory, long first) {
    if (layers.vlanCount() == 0) {
      return;
    }
    json.writeArrayPropertyStart("vlan");
    for (int i = 0; i < layers.vlanCount(); i++) {
      json.writeNumber(VlanTag.id(memory, first + (long) i * VlanTag.BYTES));
    }
    json.writeEndArray();
  }

  private void ip(JsonGenerator json, MemorySegment memory) {
    long at = layers.networkOffset();
    boolean isIpv6 = layers.ipVersion() == 6;
    json.writeNumberProperty("ip_version", layers.ipVersion());
    if (isIpv6) {
      json.writeStringProperty(
          "ip_src", ipv6(Ipv6Header.sourceHigh(memory, at), Ipv6Header.sourceLow(memory, at)));
      json.writeStringProperty(
          "ip_dst",
          ipv6(Ipv6Header.destinationHigh(memory, at), Ipv6Header.destinationLow(memory, at)));
      json.writeNumberProperty("ip_ttl", Ipv6Header.hopLimit(memory, at));
    } else {
      json.writeStringProperty("ip_src", ipv4(Ipv4Header.source(memory, at)));
      json.writeStringProperty("ip_dst", ipv4(Ipv4Header.destination(memory, at)));
      json.writeNumberProperty("ip_ttl", Ipv4Header.timeToLive(memory, at));
      json.writeNumberProperty("ip_id", Ipv4Header.identification(memory, at));
    }
    json.writeNumberProperty("ip_proto", layers.protocol());
    if (layers.isFragment()) {
      json.writeBooleanProperty("ip_fragment", true);
    }
  }

  private void transport(JsonGenerator json, MemorySegment memory) {
    long at = layers.transportOffset();
    if (at < 0) {
      return;
    }
    if (layers.hasPorts()) {
      json.writeNumberProperty("src_port", layers.sourcePort());
      json.writeNumberProperty("dst_port", layers.destinationPort());
    }
    switch (layers.protocol()) {
      case IpProtocol.TCP -> {
        if (TcpHeader.MIN_BYTES <= layers.end() - at) {
          tcp(json, memory, at);
        }
      }
      case IpProtocol.UDP -> {
        if (UdpHeader.isWhole(memory, at, layers.end())) {
          json.writeNumberProperty("udp_len", UdpHeader.length(memory, at));
          dns(json, memory, at + UdpHeader.BYTES);
        }
      }
      case IpProtocol.ICMP, IpProtocol.ICMPV6 -> {
        json.writeNumberProperty("icmp_type", IcmpHeader.type(memory, at));
        json.writeNumberProperty("icmp_code", IcmpHeader.code(memory, at));
      }
      default -> {}
    }
  }

  private void tcp(JsonGenerator json, MemorySegment memory, long at) {
    int flags = TcpHeader.flags(memory, at);
    text.setLength(0);
    for (int bit = 0; bit < TCP_FLAGS.length(); bit++) {
      if ((flags & (1 << bit)) != 0) {
        text.append(TCP_FLAGS.charAt(bit));
      }
    }
    json.writeStringProperty("tcp_flags", text.toString());
    json.writeNumberProperty("tcp_seq", Integer.toUnsignedLong(TcpHeader.sequence(memory, at)));
    if ((flags & TcpHeader.ACK) != 0) {
      json.writeNumberProperty(
          "tcp_ack", Integer.toUnsignedLong(TcpHeader.acknowledgment(memory, at)));
    }
    json.writeNumberProperty("tcp_win", TcpHeader.window(memory, at));
  }

  private void dns(JsonGenerator json, MemorySegment memory, long message) {
    long end = layers.end();
    boolean isDns = isDns(layers.sourcePort()) || isDns(layers.destinationPort());
    if (!isDns || !DnsMessage.isWhole(memory, message, end)) {
      return;
    }
    boolean isResponse = (DnsMessage.flags(memory, message) & DnsMessage.RESPONSE) != 0;
    json.writeNumberProperty("dns_id", DnsMessage.id(memory, message));
    json.writeBooleanProperty("dns_response", isResponse);
    if (isResponse) {
      json.writeNumberProperty("dns_rcode", DnsMessage.responseCode(memory, message));
      json.writeNumberProperty("dns_answers", DnsMessage.answers(memory, message));
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
      json.writeStringProperty("dns_name", text.toString());
      json.writeStringProperty("dns_type", word == null ? "TYPE" + type : word);
    }
  }

  private static boolean isDns(int port) {
    return port == DnsMessage.PORT || port == DnsMessage.MULTICAST_PORT;
  }

  private void arp(JsonGenerator json, MemorySegment memory) {
    long at = layers.networkOffset();
    if (!ArpPacket.isWhole(memory, at, layers.end())) {
      return;
    }
    json.writeNumberProperty("arp_op", ArpPacket.operation(memory, at));
    if (ArpPacket.isEthernetIpv4(memory, at)) {
      json.writeStringProperty("arp_sender_mac", hardware(ArpPacket.senderHardware(memory, at)));
      json.writeStringProperty("arp_sender_ip", ipv4(ArpPacket.senderProtocol(memory, at)));
      json.writeStringProperty("arp_target_mac", hardware(ArpPacket.targetHardware(memory, at)));
      json.writeStringProperty("arp_target_ip", ipv4(ArpPacket.targetProtocol(memory, at)));
    }
  }

  private String hardware(long address) {
    text.setLength(0);
    for (int shift = 40; shift >= 0; shift -= 8) {
      hexOctet((byte) (address >>> shift));
      if (shift > 0) {
        text.append(':');
      }
    }
    return text.toString();
  }

  private void hexOctet(byte octet) {
    text.append(Character.forDigit(octet >> 4 & 0xF, 16));
    text.append(Character.forDigit(octet & 0xF, 16));
  }

  private String ipv4(int octets) {
    text.setLength(0);
    IpAddress.appendIpv4(text, octets);
    return text.toString();
  }

  private String ipv6(long high, long low) {
    text.setLength(0);
    IpAddress.appendIpv6(text, high, low);
    return text.toString();
  }
}
