package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.anyBit;
import static io.ringtap.filter.condition.Conditions.equal;
import static io.ringtap.filter.condition.Conditions.masked;
import static io.ringtap.filter.condition.Conditions.not;
import static io.ringtap.filter.condition.Conditions.or;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Condition.Assign;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.condition.Value.Constant;
import io.ringtap.filter.condition.Value.Operation;
import io.ringtap.filter.condition.Value.Operator;
import io.ringtap.filter.condition.Value.Variable;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.LinuxSll;
import org.jspecify.annotations.Nullable;

/// The headers that packets of a link type begin with.
///
/// @param headers with places that `places` has to compute before
/// @param places holds for all packets for which the headers have a meaning
record Outermost(Headers headers, Condition places) {
  private static final Place START = Place.at(0);
  private static final LinkHeader.Wlan RADIO = new LinkHeader.Wlan(true);
  private static final int AVS_MAGIC = 0x8021_1000; // its last three digits are the version
  private static final int PRISM_BYTES = 144;

  static Outermost of(LinkType linkType, Variables variables) {
    return switch (linkType.number()) {
      case LinkType.LINKTYPE_ETHERNET ->
          at(new LinkHeader.Ethernet(), LinkHeader.Ethernet.TYPE, LinkHeader.Ethernet.BYTES);
      case LinkType.LINKTYPE_LINUX_SLL ->
          at(new LinkHeader.Cooked(), LinkHeader.Cooked.TYPE, LinuxSll.BYTES);
      case LinkType.LINKTYPE_LINUX_SLL2 ->
          at(new LinkHeader.Cooked2(), LinkHeader.Cooked2.TYPE, LinkHeader.Cooked2.BYTES);
      case LinkType.LINKTYPE_NULL ->
          at(new LinkHeader.Loopback(linkType.description(), true), 0, LinkHeader.Loopback.BYTES);
      case LinkType.LINKTYPE_LOOP ->
          at(new LinkHeader.Loopback(linkType.description(), false), 0, LinkHeader.Loopback.BYTES);
      case LinkType.LINKTYPE_RAW, LinkType.LINKTYPE_RAW_LOCAL, LinkType.LINKTYPE_RAW_OPENBSD ->
          at(new LinkHeader.RawIp(), 0, 0);
      case LinkType.LINKTYPE_IPV4 ->
          at(new LinkHeader.One(linkType.description(), EtherType.IPV4), 0, 0);
      case LinkType.LINKTYPE_IPV6 ->
          at(new LinkHeader.One(linkType.description(), EtherType.IPV6), 0, 0);
      case LinkType.LINKTYPE_PPP, LinkType.LINKTYPE_PPP_SERIAL ->
          at(new LinkHeader.Ppp(), LinkHeader.HDLC_BYTES, LinkHeader.HDLC_BYTES + 2);
      case LinkType.LINKTYPE_PPP_ETHER ->
          at(new LinkHeader.Ppp(), Encapsulations.PPPOE_BYTES, Encapsulations.PPPOE_BYTES + 2);
      case LinkType.LINKTYPE_C_HDLC ->
          at(new LinkHeader.CiscoHdlc(), LinkHeader.HDLC_BYTES, LinkHeader.HDLC_BYTES + 2);
      case LinkType.LINKTYPE_IEEE802_11 ->
          wlan(new LinkHeader.Wlan(false), START, Conditions.ALWAYS, null, variables);
      case LinkType.LINKTYPE_IEEE802_11_RADIO -> {
        // radiotap: | version 1 | padding 1 | length 2, of the whole header, little-endian | ...
        Variable length = variables.next();
        Condition places = new Assign(length.number(), swappedHalf(2));
        yield wlan(RADIO, new Place(length, 0), places, padsFrames(), variables);
      }
      case LinkType.LINKTYPE_IEEE802_11_RADIO_AVS -> {
        Variable length = variables.next();
        yield wlan(RADIO, new Place(length, 0), avsLength(length), null, variables);
      }
      case LinkType.LINKTYPE_PRISM_HEADER -> {
        // Some drivers put a header of AVS in the place of Prism's, which begins with this number.
        Variable length = variables.next();
        Condition isAvs = masked(Value.load(4, 0), 0xFFFF_F000, AVS_MAGIC);
        Condition prism = new Assign(length.number(), new Constant(PRISM_BYTES));
        Condition places = or(and(isAvs, avsLength(length)), prism);
        yield wlan(RADIO, new Place(length, 0), places, null, variables);
      }
      case LinkType.LINKTYPE_PPI -> {
        // PPI: | version 1 | flags 1 | length 2, of the whole header | link type 4 |, little-endian
        Variable length = variables.next();
        Condition isWlan =
            equal(Value.load(4, 4), Integer.reverseBytes(LinkType.LINKTYPE_IEEE802_11));
        Condition places = and(isWlan, new Assign(length.number(), swappedHalf(2)));
        yield wlan(new LinkHeader.Wlan(false), new Place(length, 0), places, null, variables);
      }
      default -> at(new LinkHeader.Unknown(linkType), 0, 0);
    };
  }

  private static Outermost at(LinkHeader link, int type, int payload) {
    return new Outermost(
        new Headers(link, START, Place.at(type), Place.at(payload)), Conditions.ALWAYS);
  }

  /// A number of two bytes, the least significant one first.
  private static Value swappedHalf(int at) {
    return new Operation(
        Operator.OR,
        new Operation(Operator.SHIFT_LEFT, Value.load(1, at + 1), new Constant(8)),
        Value.load(1, at));
  }

  /// AVS: | version 4 | length 4, of the whole header | ...
  private static Condition avsLength(Variable length) {
    return new Assign(length.number(), Value.load(4, 4));
  }

  /// A frame of a wireless LAN. Its header has 24 bytes, and two more in a data frame with a class
  /// of service. Some adapters fill it up to a multiple of four bytes from the packet's beginning
  /// on.
  ///
  /// @param link the header of the frame
  /// @param frame where it begins
  /// @param places computes that
  /// @param isPadded whether it is filled up; null if the packet does not say so
  private static Outermost wlan(
      LinkHeader.Wlan link,
      Place frame,
      Condition places,
      @Nullable Condition isPadded,
      Variables variables) {
    Variable llc = variables.next();
    Place payload = new Place(llc, LinkHeader.Wlan.SNAP_BYTES);
    Headers headers = new Headers(link, frame, payload.plus(-2), payload);
    Value control = frame.load(1, 0);
    Condition isData = masked(control, LinkHeader.Wlan.TYPE_MASK, LinkHeader.Wlan.TYPE_DATA);
    Condition hasService = anyBit(control, LinkHeader.Wlan.SUBTYPE_QOS);
    Condition plain = assign(llc, frame, LinkHeader.Wlan.BYTES, isPadded);
    Condition withService = assign(llc, frame, LinkHeader.Wlan.BYTES + 2, isPadded);
    Condition others = new Assign(llc.number(), frame.plus(LinkHeader.Wlan.BYTES).value());
    // What assigns holds, so an alternative is reached only where the test before it fails.
    Condition payloads = or(and(isData, or(and(hasService, withService), plain)), others);
    return new Outermost(headers, and(places, payloads));
  }

  private static Condition assign(
      Variable llc, Place frame, int bytes, @Nullable Condition isPadded) {
    Value after = frame.plus(bytes).value();
    Condition plain = new Assign(llc.number(), after);
    if (isPadded == null) {
      return plain;
    }
    Value rounded =
        new Operation(
            Operator.AND, new Operation(Operator.ADD, after, new Constant(3)), new Constant(-4));
    return or(and(isPadded, new Assign(llc.number(), rounded)), plain);
  }

  /// Whether radiotap's flags say that a frame's header is filled up. They come first in the
  /// header, after the time stamp if there is one; where the words that say which fields there are
  /// go on, it is not followed.
  private static Condition padsFrames() {
    Value present = Value.load(4, 4); // little-endian, read the other way round
    Condition hasFlags = anyBit(present, 0x0200_0000);
    Condition goesOn = anyBit(present, 0x0000_0080);
    Condition hasStamp = anyBit(present, 0x0100_0000);
    return and(
        hasFlags,
        not(goesOn),
        or(
            and(hasStamp, anyBit(Value.load(1, 16), 0x20)),
            and(not(hasStamp), anyBit(Value.load(1, 8), 0x20))));
  }
}
