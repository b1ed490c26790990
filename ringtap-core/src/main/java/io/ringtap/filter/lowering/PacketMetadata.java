package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.equal;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.condition.Value.Ancillary;
import io.ringtap.filter.condition.Value.Constant;
import io.ringtap.filter.condition.Value.Load;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.LinuxSll;

/// What is known of a packet besides the frame on the wire: its direction and interface, by the
/// kernel or by a cooked header, which is the kernel's telling written down.
record PacketMetadata(PacketForm form) {

  /// Whether this machine sent the packet.
  Condition isOutgoing(int position) {
    if (form.linkType().equals(LinkType.LINUX_SLL)) {
      return equal(Value.load(2, 0), LinuxSll.OUTGOING);
    }
    if (form.linkType().equals(LinkType.LINUX_SLL2)) {
      return equal(Value.load(1, LinkHeader.Cooked2.PACKET_TYPE), LinuxSll.OUTGOING);
    }
    if (form.hasMetadata()) {
      return equal(new Ancillary(AncillaryField.PACKET_TYPE), LinuxSll.OUTGOING);
    }
    throw new ExpressionException(
        position, "a savefile of " + form.linkType().description() + " does not say the direction");
  }

  Condition isOfInterface(int index, int position) {
    if (form.linkType().equals(LinkType.LINUX_SLL2)) {
      return equal(Value.load(4, LinkHeader.Cooked2.INTERFACE_INDEX), index);
    }
    if (form.hasMetadata()) {
      return equal(new Ancillary(AncillaryField.INTERFACE_INDEX), index);
    }
    throw new ExpressionException(
        position, "a savefile of " + form.linkType().description() + " does not say the interface");
  }

  /// Fails if bytes are asked for that a cooked socket does not show: of its header, the kernel
  /// reports three fields.
  void check(Value loaded, int position) {
    int header = cookedBytes();
    if (!form.isOnSocket()
        || header == 0
        || !(loaded instanceof Load(int width, Value index, int offset))
        || offset >= header) {
      return;
    }
    if (!index.equals(new Constant(0)) || !isTold(width, offset)) {
      throw new ExpressionException(
          position,
          "%d bytes at %d of the cooked header cannot be had while capturing"
              .formatted(width, offset));
    }
  }

  /// Bytes of the header that the kernel makes up, and a cooked socket does not show.
  private int cookedBytes() {
    if (form.linkType().equals(LinkType.LINUX_SLL)) {
      return LinuxSll.BYTES;
    }
    return form.linkType().equals(LinkType.LINUX_SLL2) ? LinkHeader.Cooked2.BYTES : 0;
  }

  private boolean isTold(int width, int offset) {
    if (form.linkType().equals(LinkType.LINUX_SLL)) {
      return width == 2 && (offset == 0 || offset == LinkHeader.Cooked.TYPE);
    }
    return switch (offset) {
      case LinkHeader.Cooked2.TYPE -> width == 2;
      case LinkHeader.Cooked2.INTERFACE_INDEX -> width == 4;
      case LinkHeader.Cooked2.PACKET_TYPE -> width == 1;
      default -> false;
    };
  }
}
