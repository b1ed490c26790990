package io.ringtap.filter;

import io.ringtap.filter.name.NameResolver;
import io.ringtap.filter.name.SystemNames;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import java.util.OptionalInt;

/// What a filter is compiled for. Immutable: each `with…` gives another one.
///
/// @param linkType of the packets
/// @param snaplen bytes of a matching packet that the program keeps, 1 to 2³¹ - 1
/// @param view how the program sees a packet
/// @param anyVlan whether VLAN tags are looked through, so that a filter matches a packet with and
///   without them
/// @param optimize whether the program is made short; if not, it follows the text step by step
/// @param looksRowsUp whether 64 or more addresses and networks that `or` joins are looked up as a
///   set is, if the program is made short; such a program is for eBPF and user space, and not for
///   the kernel's classic BPF
/// @param netmask of the IPv4 network that packets are captured on, for `ip broadcast`; empty if
///   unknown
/// @param names what names in the filter stand for
public record FilterOptions(
    LinkType linkType,
    int snaplen,
    PacketView view,
    boolean anyVlan,
    boolean optimize,
    boolean looksRowsUp,
    OptionalInt netmask,
    NameResolver names) {

  /// Checks the snaplen.
  ///
  /// @throws IllegalArgumentException if `snaplen` is less than 1
  public FilterOptions {
    if (snaplen < 1) {
      throw new IllegalArgumentException("a snaplen is at least 1, not " + snaplen);
    }
  }

  /// For savefiles of a link type, whole packets, with the machine's names.
  public static FilterOptions of(LinkType linkType) {
    return new FilterOptions(
        linkType,
        Frame.MAX_SNAPLEN,
        PacketView.SAVEFILE,
        false,
        true,
        false,
        OptionalInt.empty(),
        SystemNames.INSTANCE);
  }

  /// These for packets of another link type.
  public FilterOptions withLinkType(LinkType newLinkType) {
    return new FilterOptions(
        newLinkType, snaplen, view, anyVlan, optimize, looksRowsUp, netmask, names);
  }

  /// These with another snaplen.
  ///
  /// @param newSnaplen in bytes, 1 to 2³¹ - 1
  /// @throws IllegalArgumentException if it is less than 1
  public FilterOptions withSnaplen(int newSnaplen) {
    return new FilterOptions(
        linkType, newSnaplen, view, anyVlan, optimize, looksRowsUp, netmask, names);
  }

  /// These for another view of the packet.
  public FilterOptions withView(PacketView newView) {
    return new FilterOptions(
        linkType, snaplen, newView, anyVlan, optimize, looksRowsUp, netmask, names);
  }

  /// These with VLAN tags looked through, or not.
  public FilterOptions withAnyVlan(boolean newAnyVlan) {
    return new FilterOptions(
        linkType, snaplen, view, newAnyVlan, optimize, looksRowsUp, netmask, names);
  }

  /// These with the program made short, or not.
  public FilterOptions withOptimize(boolean newOptimize) {
    return new FilterOptions(
        linkType, snaplen, view, anyVlan, newOptimize, looksRowsUp, netmask, names);
  }

  /// These with long rows of addresses looked up, or not.
  public FilterOptions withRowsLookedUp(boolean newLooksRowsUp) {
    return new FilterOptions(
        linkType, snaplen, view, anyVlan, optimize, newLooksRowsUp, netmask, names);
  }

  /// These with a netmask.
  ///
  /// @param newNetmask as a number in host order, such as `0xFFFFFF00`
  public FilterOptions withNetmask(int newNetmask) {
    return new FilterOptions(
        linkType, snaplen, view, anyVlan, optimize, looksRowsUp, OptionalInt.of(newNetmask), names);
  }

  /// These with another resolver of names.
  public FilterOptions withNames(NameResolver newNames) {
    return new FilterOptions(
        linkType, snaplen, view, anyVlan, optimize, looksRowsUp, netmask, newNames);
  }
}
