package io.ringtap.top;

import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.PacketLayers;
import java.lang.foreign.MemorySegment;

/// What packets are counted by. All kinds except [#PROTOCOL] and [#VLAN] count only IP packets. A
/// key is stored in a few `long` words, which [TrafficKey] decodes.
public enum KeyKind {
  /// The source IP address.
  SOURCE("source", 3),
  /// The destination IP address.
  DESTINATION("destination", 3),
  /// Source and destination IP address.
  PAIR("pair", 5),
  /// Source and destination IP address, protocol and ports: one direction of a connection.
  FLOW("flow", 5),
  /// The protocol and the lower of the two ports, which is most often the service's.
  PORT("port", 1),
  /// The protocol and the source port.
  SOURCE_PORT("source-port", 1),
  /// The protocol and the destination port.
  DESTINATION_PORT("destination-port", 1),
  /// The IP version and protocol; the EtherType of packets other than IP.
  PROTOCOL("protocol", 1),
  /// The identifier of the outermost VLAN tag.
  VLAN("vlan", 1);

  /// The most words that a key has.
  static final int MAX_WORDS = 5;

  private final String word;
  private final int words;

  KeyKind(String word, int words) {
    this.word = word;
    this.words = words;
  }

  /// The name of the kind in options and output.
  public String word() {
    return word;
  }

  /// How many words its keys have.
  int words() {
    return words;
  }

  /// Whether packets other than IP have no key.
  boolean needsIp() {
    return this != PROTOCOL && this != VLAN;
  }

  /// Writes a packet's key.
  ///
  /// @param layers of that packet, which lies in `memory`
  /// @param key an array of at least [#MAX_WORDS]
  /// @return false if the packet has no such key because it is not IP
  boolean read(PacketLayers layers, MemorySegment memory, long[] key) {
    int version = layers.ipVersion();
    if (version == 0) {
      return readOther(layers, key);
    }
    switch (this) {
      case SOURCE -> {
        key[0] = TrafficKey.head(version);
        source(layers, memory, key, 1);
      }
      case DESTINATION -> {
        key[0] = TrafficKey.head(version);
        destination(layers, memory, key, 1);
      }
      case PAIR -> {
        key[0] = TrafficKey.head(version);
        source(layers, memory, key, 1);
        destination(layers, memory, key, 3);
      }
      case FLOW -> {
        key[0] = TrafficKey.head(version, layers);
        source(layers, memory, key, 1);
        destination(layers, memory, key, 3);
      }
      case PORT -> {
        int port = Math.min(layers.sourcePort(), layers.destinationPort());
        key[0] = TrafficKey.head(layers, port);
      }
      case SOURCE_PORT -> key[0] = TrafficKey.head(layers, layers.sourcePort());
      case DESTINATION_PORT -> key[0] = TrafficKey.head(layers, layers.destinationPort());
      case PROTOCOL -> key[0] = TrafficKey.head(version, layers.protocol());
      case VLAN -> key[0] = layers.vlanId();
    }
    return true;
  }

  private boolean readOther(PacketLayers layers, long[] key) {
    switch (this) {
      case PROTOCOL -> key[0] = TrafficKey.otherThanIp(layers.etherType());
      case VLAN -> key[0] = layers.vlanId();
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void source(PacketLayers layers, MemorySegment memory, long[] key, int at) {
    long header = layers.networkOffset();
    if (layers.ipVersion() == 4) {
      key[at] = 0;
      key[at + 1] = Integer.toUnsignedLong(Ipv4Header.source(memory, header));
    } else {
      key[at] = Ipv6Header.sourceHigh(memory, header);
      key[at + 1] = Ipv6Header.sourceLow(memory, header);
    }
  }

  private static void destination(PacketLayers layers, MemorySegment memory, long[] key, int at) {
    long header = layers.networkOffset();
    if (layers.ipVersion() == 4) {
      key[at] = 0;
      key[at + 1] = Integer.toUnsignedLong(Ipv4Header.destination(memory, header));
    } else {
      key[at] = Ipv6Header.destinationHigh(memory, header);
      key[at + 1] = Ipv6Header.destinationLow(memory, header);
    }
  }
}
