package io.ringtap.print.link;

import io.ringtap.packet.EtherType;
import io.ringtap.packet.VlanTag;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocols;

/// What an EtherType stands for: VLAN tags, and the protocol after them.
public final class EtherPayload {
  /// What [#print] returns if it has printed everything.
  static final int PRINTED = -1;

  private static final int MAX_TAGS = 16;
  private static final int JUMBO = 0x8870; // LLC in a frame too long for a length
  private static final int RADIOTAP = 127; // LINKTYPE_IEEE802_11_RADIOTAP
  private static final int QINQ_9200 = 0x9200;
  private static final int MAX_LENGTH = 1500; // bytes

  private final Line line;
  private final Protocols protocols;
  private final LlcPrinter llc;

  public EtherPayload(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
    this.llc = new LlcPrinter(line, protocols);
  }

  /// Prints VLAN tags, the link-level header's part about them, and what follows.
  ///
  /// @param length bytes on the wire from `first`
  /// @return [#PRINTED], or an EtherType that is not known: the caller prints its header and the
  ///   bytes
  int print(int firstType, long first, long length) {
    int type = firstType;
    long at = first;
    for (int i = 0; i < MAX_TAGS && isTag(type); i++) {
      line.enter("vlan");
      line.payload(at);
      if (!line.needs(at, VlanTag.BYTES) || length - (at - first) < VlanTag.BYTES) {
        line.cut();
        return PRINTED;
      }
      type = VlanTag.etherType(line.frame(), at);
      if (line.hasLinkHeader()) {
        tag(at, type);
      }
      at += VlanTag.BYTES;
    }
    line.payload(at);
    long rest = length - (at - first);
    if (isLength(type)) {
      // The type is a length, without the padding.
      long frame = Math.min(type, rest);
      long outer = line.narrow(at + frame);
      llc.print(at, frame);
      line.widen(outer);
      return PRINTED;
    }
    if (isJumbo(type)) {
      llc.print(at, rest);
      return PRINTED;
    }
    return protocols.print(NumberSpace.ETHER_TYPE, type, at, rest) ? PRINTED : type;
  }

  /// Prints an LLC frame.
  void llc(long at, long length) {
    llc.print(at, length);
  }

  /// Prints an 802.11 frame after its radiotap header.
  void radiotap(long at, long length) {
    boolean _ = protocols.print(NumberSpace.LINK_TYPE, RADIOTAP, at, length);
  }

  /// Whether a tag follows a type: one of 802.1Q or of switches older than that.
  static boolean isTag(int type) {
    return EtherType.isVlan(type) || type == QINQ_9200;
  }

  /// Whether a type is the length of an 802.3 frame.
  static boolean isLength(int type) {
    return type <= MAX_LENGTH;
  }

  /// Whether LLC follows a type, which is not printed.
  static boolean isJumbo(int type) {
    return type == JUMBO;
  }

  private void tag(long at, int type) {
    line.print("vlan %u, p %u", VlanTag.id(line.frame(), at), VlanTag.priority(line.frame(), at));
    line.text(VlanTag.isDropEligible(line.frame(), at) ? ", DEI, " : ", ");
    nextType(at + VlanTag.BYTES, type);
  }

  /// Prints a type after a tag as `-e` has it, unless what it stands for says it.
  ///
  /// @param at the offset after the type
  void nextType(long at, int type) {
    if (isLength(type)) {
      line.text("802.3");
    } else if (!isJumbo(type) && (!isTag(type) || line.has(at, VlanTag.BYTES))) {
      type(type);
      line.text(", ");
    }
  }

  /// Prints an EtherType as `-e` has it.
  void type(int type) {
    String word = EtherType.word(type);
    if (!line.isQuiet()) {
      line.text("ethertype ").text(word).print(" (0x%04x)", type);
    } else if (word.equals("Unknown")) {
      line.print("Unknown Ethertype (0x%04x)", type);
    } else {
      line.text(word);
    }
  }
}
