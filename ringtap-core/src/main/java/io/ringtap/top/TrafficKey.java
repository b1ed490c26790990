package io.ringtap.top;

import io.ringtap.packet.EtherType;
import io.ringtap.packet.Frame;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.PacketLayers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A key of a [KeyKind]. The first word, except for VLANs, consists of
///
/// ```
///  bits 48–55    40      32–39      16–31          0–15
///  IP version   ports?  protocol   source port    destination port, or the one, or an EtherType
/// ```
///
/// and is followed by the addresses, two words each, of which the upper one is 0 for IPv4.
public final class TrafficKey implements Comparable<TrafficKey> {
  static final int VERSION_SHIFT = 48;
  static final int PROTOCOL_SHIFT = 32;
  static final long PORTS = 1L << 40;

  private final KeyKind kind;
  private final long[] words;

  /// @param words not copied
  TrafficKey(KeyKind kind, long[] words) {
    this.kind = kind;
    this.words = words;
  }

  /// The key of a packet; null if the kind needs an IP packet and the packet is not IP.
  public static @Nullable TrafficKey of(KeyKind kind, Frame packet) {
    long[] key = new long[KeyKind.MAX_WORDS];
    boolean hasKey = kind.read(packet.layers(), packet.memory(), key);
    return hasKey ? new TrafficKey(kind, Arrays.copyOf(key, kind.words())) : null;
  }

  static long head(int version) {
    return (long) version << VERSION_SHIFT;
  }

  static long head(int version, int protocol) {
    return head(version) | (long) protocol << PROTOCOL_SHIFT;
  }

  static long head(int version, PacketLayers layers) {
    int ports = layers.sourcePort() << 16 | layers.destinationPort();
    return head(version, layers.protocol())
        | (layers.hasPorts() ? PORTS | Integer.toUnsignedLong(ports) : 0);
  }

  /// The first word of a key for one port.
  static long head(PacketLayers layers, int port) {
    return head(0, layers.protocol()) | (layers.hasPorts() ? PORTS | port : 0);
  }

  static long otherThanIp(int etherType) {
    return Integer.toUnsignedLong(etherType);
  }

  /// The kind of the key.
  public KeyKind kind() {
    return kind;
  }

  private int version() {
    return (int) (words[0] >>> VERSION_SHIFT);
  }

  /// Whether [#sourcePort], [#destinationPort] or [#port] is available.
  public boolean hasPorts() {
    return (words[0] & PORTS) != 0;
  }

  /// The source port, 0 to 65535; meaningful only if the key [#hasPorts] and its kind has it.
  public int sourcePort() {
    return (int) words[0] >>> 16;
  }

  /// The destination port, 0 to 65535; meaningful only if the key [#hasPorts] and its kind has it.
  public int destinationPort() {
    return (int) words[0] & 0xFFFF;
  }

  /// The port of a key with one port.
  public int port() {
    return (int) words[0] & 0xFFFF;
  }

  /// The identifier of the outermost VLAN tag, or -1 for packets without one.
  public int vlan() {
    return (int) words[0];
  }

  /// The protocol, such as `UDP`. For keys of kind [KeyKind#PROTOCOL] with the IP version, such as
  /// `IPv4 UDP`, or another network protocol, such as `ARP`.
  public String protocol() {
    if (kind == KeyKind.PROTOCOL && version() == 0) {
      return linkProtocol((int) words[0]);
    }
    int number = (int) (words[0] >>> PROTOCOL_SHIFT) & 0xFF;
    String known = IpProtocol.word(number);
    String word = known.equals("unknown") ? "protocol " + number : known;
    return kind == KeyKind.PROTOCOL ? "IPv" + version() + " " + word : word;
  }

  private static String linkProtocol(int etherType) {
    if (etherType < 0) {
      return "cut off";
    }
    if (etherType < EtherType.MIN) {
      return "802.3";
    }
    String known = EtherType.word(etherType);
    if (etherType == EtherType.IPV4 || etherType == EtherType.IPV6) {
      return known + " malformed";
    }
    return known.equals("Unknown") ? "EtherType 0x%04x".formatted(etherType) : known;
  }

  /// The address of a key with one address, or the source of a key with two.
  public IpAddress address() {
    return address(1);
  }

  /// The destination of a key with two addresses.
  public IpAddress destination() {
    return address(3);
  }

  private IpAddress address(int at) {
    return version() == 6
        ? IpAddress.ofIpv6(words[at], words[at + 1])
        : IpAddress.ofIpv4((int) words[at + 1]);
  }

  @Override
  public int compareTo(TrafficKey other) {
    return Arrays.compareUnsigned(words, other.words);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrafficKey key && kind == key.kind && Arrays.equals(words, key.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  /// The key as text: `10.0.0.1`, `10.0.0.1 > 10.0.0.2`, `[2001:db8::1]:443 > [2001:db8::2]:5000
  /// TCP`, `TCP 443`, `ICMP`, `ARP`, `7`.
  @Override
  public String toString() {
    return switch (kind) {
      case SOURCE, DESTINATION -> address().toString();
      case PAIR -> address() + " > " + destination();
      case FLOW ->
          end(address(), sourcePort())
              + " > "
              + end(destination(), destinationPort())
              + " "
              + protocol();
      case PORT, SOURCE_PORT, DESTINATION_PORT ->
          hasPorts() ? protocol() + " " + port() : protocol();
      case PROTOCOL -> protocol();
      case VLAN -> vlan() < 0 ? "untagged" : Integer.toString(vlan());
    };
  }

  private String end(IpAddress address, int port) {
    if (!hasPorts()) {
      return address.toString();
    }
    return (address.isIpv6() ? "[" + address + "]:" : address + ":") + port;
  }
}
