package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.equal;
import static io.ringtap.filter.condition.Conditions.masked;
import static io.ringtap.filter.condition.Conditions.or;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.condition.Value.Constant;
import io.ringtap.filter.condition.Value.Operation;
import io.ringtap.filter.condition.Value.Operator;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.filter.syntax.ProtocolWord;
import io.ringtap.filter.syntax.Qualifiers.Direction;
import io.ringtap.packet.ArpPacket;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Addresses in the headers that have them: IPv4, IPv6, ARP and its reverse, Ethernet, DECnet.
final class Hosts {

  private final Headers headers;

  Hosts(Headers headers) {
    this.headers = headers;
  }

  /// Whether an IPv4 address is in a network; a host is one of 32 bits.
  ///
  /// @param protocol the header that has the address; null for any of IPv4 and ARP's
  /// @param kind what the text calls the address, for its errors
  Condition ipv4(
      @Nullable ProtocolWord protocol,
      @Nullable Direction direction,
      int address,
      int mask,
      String kind,
      int position) {
    return ipv4(protocol, direction, at -> word(at, address, mask), kind, position);
  }

  private Condition ipv4(
      @Nullable ProtocolWord protocol,
      @Nullable Direction direction,
      AddressTest test,
      String kind,
      int position) {
    return switch (protocol) {
      case null -> {
        Condition ip = ipv4(direction, test, position);
        yield headers.labels > 0
            ? ip
            : or(
                or(ip, arp(EtherType.ARP, direction, test, position)),
                arp(LinkProtocol.RARP, direction, test, position));
      }
      case IP -> ipv4(direction, test, position);
      case ARP -> arp(EtherType.ARP, direction, test, position);
      case RARP -> arp(LinkProtocol.RARP, direction, test, position);
      case IP6 -> throw new ExpressionException(position, "'ip6' does not go with an IPv4 address");
      case ETHER ->
          throw new ExpressionException(
              position, "'ether' goes with an address such as 02:00:5e:10:00:01, or a name");
      default -> throw misplaced(protocol, kind, position);
    };
  }

  private Condition ipv4(@Nullable Direction direction, AddressTest test, int position) {
    return and(
        headers.carries(EtherType.IPV4, position),
        ends(direction, Ipv4Header.SOURCE, Ipv4Header.DESTINATION, test::at));
  }

  private Condition arp(int type, @Nullable Direction direction, AddressTest test, int position) {
    return and(
        headers.carries(type, position),
        ends(direction, ArpPacket.SENDER_PROTOCOL, ArpPacket.TARGET_PROTOCOL, test::at));
  }

  private Condition ipv6(@Nullable Direction direction, AddressTest test, int position) {
    return and(
        headers.carries(EtherType.IPV6, position),
        ends(direction, Ipv6Header.SOURCE, Ipv6Header.DESTINATION, test::at));
  }

  /// Asks something of an address.
  @FunctionalInterface
  interface AddressTest {
    /// Asks it of the address that lies `offset` bytes after the beginning of the network header.
    Condition at(int offset);
  }

  /// Whether an address is in a set, of which one part is of IPv4 addresses and the other of IPv6.
  ///
  /// @param protocol the header that has the address; null for any of IPv4, ARP's and IPv6
  /// @param ipv4 null if the set has no such addresses
  /// @param ipv6 null if the set has no such addresses
  Condition inSets(
      @Nullable ProtocolWord protocol,
      @Nullable Direction direction,
      @Nullable AddressTest ipv4,
      @Nullable AddressTest ipv6,
      int position) {
    Condition any = Conditions.NEVER;
    if (ipv4 != null && protocol != ProtocolWord.IP6) {
      any = ipv4(protocol, direction, ipv4, "host", position);
    }
    if (ipv6 != null && (protocol == null || protocol == ProtocolWord.IP6)) {
      any = or(any, ipv6(direction, ipv6, position));
    }
    return any;
  }

  /// Whether an IPv6 address is in a network; a host is one of 128 bits.
  Condition ipv6(
      @Nullable ProtocolWord protocol,
      @Nullable Direction direction,
      long high,
      long low,
      int prefixLength,
      int position) {
    if (protocol != null && protocol != ProtocolWord.IP6) {
      throw new ExpressionException(
          position, "'" + protocol.word() + "' does not go with an IPv6 address");
    }
    long highMask = prefixLength == 0 ? 0 : -1L << Math.max(0, 64 - prefixLength);
    long lowMask = prefixLength <= 64 ? 0 : -1L << (128 - prefixLength);
    return ipv6(
        direction,
        at ->
            and(
                and(
                    word(at, (int) (high >>> 32), (int) (highMask >>> 32)),
                    word(at + 4, (int) high, (int) highMask)),
                and(
                    word(at + 8, (int) (low >>> 32), (int) (lowMask >>> 32)),
                    word(at + 12, (int) low, (int) lowMask))),
        position);
  }

  private Condition word(int at, int address, int mask) {
    return switch (mask) {
      case 0 -> Conditions.ALWAYS;
      case -1 -> equal(headers.network().load(4, at), address);
      default -> masked(headers.network().load(4, at), mask, address);
    };
  }

  /// Whether the frame comes from or goes to an Ethernet address.
  Condition ethernet(@Nullable Direction direction, long address, int position) {
    return switch (headers.link) {
      case LinkHeader.Ethernet _ ->
          and(headers.hasLinkHeader, ends(direction, 6, 0, at -> hasEthernet(address, at)));
      case LinkHeader.Wlan _ -> wlan(at -> hasEthernet(address, at)).condition(direction);
      default ->
          throw new ExpressionException(
              position, "Ethernet addresses are not for " + headers.link.word());
    };
  }

  /// Whether an address is at an offset from the link header. Its last bytes are tested first.
  private Condition hasEthernet(long address, int at) {
    return and(
        equal(headers.linkHeader.load(4, at + 2), (int) address),
        equal(headers.linkHeader.load(2, at), (int) (address >>> 32)));
  }

  private WlanAddresses wlan(IntFunction<Condition> test) {
    return new WlanAddresses(headers.linkHeader, test);
  }

  Condition ethernetBroadcast(int position) {
    return ethernet(Direction.DST, 0xFFFF_FFFF_FFFFL, position);
  }

  /// Whether the lowest bit of the destination's first byte is set: the frame goes to a group.
  Condition ethernetGroup(int position) {
    return switch (headers.link) {
      case LinkHeader.Ethernet _ -> and(headers.hasLinkHeader, isGroup(0));
      case LinkHeader.Wlan _ -> wlan(this::isGroup).destination();
      default ->
          throw new ExpressionException(
              position, "'multicast' of the link layer is not for " + headers.link.word());
    };
  }

  private Condition isGroup(int at) {
    return Conditions.anyBit(headers.linkHeader.load(1, at), 1);
  }

  /// Whether a DECnet address (phase IV) is there. Its bytes are in reverse order, and where it
  /// lies depends on whether the header is a long one and on whether a byte of padding comes before
  /// it.
  ///
  /// @param address area, 6 bits, and node, 10 bits
  Condition decnet(@Nullable Direction direction, int address, int position) {
    int wanted = ((address & 0xFF) << 8) | (address >>> 8);
    return and(
        headers.carries(LinkProtocol.DECNET, position),
        ends(direction, 0, 1, end -> decnet(end == 0, wanted)));
  }

  private Condition decnet(boolean isSource, int wanted) {
    Place packet = headers.payload; // a length of two bytes, then flags or padding, then flags
    Value flags = packet.load(1, 2);
    Value paddingAndFlags = packet.load(2, 2);
    // The destination lies so near to the flags that one number has both.
    Condition isShort =
        isSource
            ? and(masked(flags, 0x07, 0x02), equal(packet.load(2, 5), wanted))
            : masked(packet.load(4, 2), 0x07FF_FF00, 0x0200_0000 | wanted << 8);
    Condition isPaddedShort =
        isSource
            ? and(masked(paddingAndFlags, 0xFF07, 0x8102), equal(packet.load(2, 6), wanted))
            : masked(packet.load(4, 2), 0xFF07_FFFF, 0x8102_0000 | wanted);
    Condition isLong =
        and(masked(flags, 0x07, 0x06), equal(packet.load(2, isSource ? 17 : 9), wanted));
    Condition isPaddedLong =
        and(
            masked(paddingAndFlags, 0xFF07, 0x8106),
            equal(packet.load(2, isSource ? 18 : 10), wanted));
    return or(or(or(isShort, isPaddedShort), isLong), isPaddedLong);
  }

  /// Whether an IPv4 packet goes to its network's broadcast address, or to the one that has zeros
  /// instead, as very old systems do.
  Condition ipv4Broadcast(int netmask, int position) {
    Value destination = headers.network().load(4, Ipv4Header.DESTINATION);
    int hostMask = ~netmask;
    Value host =
        hostMask == -1
            ? destination
            : new Operation(Operator.AND, destination, new Constant(hostMask));
    return and(
        headers.carries(EtherType.IPV4, position), or(equal(host, 0), equal(host, hostMask)));
  }

  /// Whether an IPv4 packet goes to 224.0.0.0/4.
  Condition ipv4Group(int position) {
    return and(
        headers.carries(EtherType.IPV4, position),
        masked(headers.network().load(1, Ipv4Header.DESTINATION), 0xF0, 0xE0));
  }

  Condition ipv6Group(int position) {
    return and(
        headers.carries(EtherType.IPV6, position),
        equal(headers.network().load(1, Ipv6Header.DESTINATION), 0xFF));
  }

  static ExpressionException misplaced(ProtocolWord protocol, String kind, int position) {
    return new ExpressionException(
        position, "'%s' does not go with '%s'".formatted(protocol.word(), kind));
  }

  /// A test of the source, the destination, either or both.
  static Condition ends(
      @Nullable Direction direction, int source, int destination, IntFunction<Condition> test) {
    return switch (direction) {
      case SRC -> test.apply(source);
      case DST -> test.apply(destination);
      case SRC_AND_DST -> and(test.apply(source), test.apply(destination));
      case SRC_OR_DST -> or(test.apply(source), test.apply(destination));
      case null -> or(test.apply(source), test.apply(destination));
      case ADDR1, ADDR2, ADDR3, ADDR4, RA, TA ->
          throw new IllegalStateException("not of this header: " + direction);
    };
  }
}
