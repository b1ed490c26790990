package io.ringtap.print.link;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;

/// What MACsec protects (IEEE 802.1AE §9): a tag, then the frame from its type on, which may be
/// encrypted, then a check value.
final class MacsecPrinter {
  private static final int SHORT = 6; // bytes
  private static final int LONG = 14; // with an identifier of the channel
  private static final int CHECK = 16; // bytes of the check value
  private static final int TYPE = 2; // bytes
  private static final int VERSION = 0x80;
  private static final int CHANNEL = 0x20;
  private static final int ENCRYPTED = 0x0C; // or changed in another way
  private static final int MAX_LENGTH = 0x3F; // of short data
  private static final int ASSOCIATION = 0x03;

  private static final BitNames FLAGS =
      BitNames.of(
          "",
          """
          0x08 E
          0x04 C
          0x40 S
          0x10 B
          0x20 I\
          """);

  private final Line line;
  private final EtherPayload payload;

  MacsecPrinter(Line line, EtherPayload payload) {
    this.line = line;
    this.payload = payload;
  }

  /// Prints the tag, the type after it with `-e`, and what follows. Ends the line's packet before
  /// the check value.
  ///
  /// @return as [EtherPayload#print] does
  int print(long at, long length) {
    line.enter("macsec");
    line.payload(at);
    if (length < SHORT || !line.needs(at, SHORT)) {
      line.cut();
      return EtherPayload.PRINTED;
    }
    int control = line.u8(at);
    int dataLength = line.u8(at + 1);
    int tag = (control & CHANNEL) == 0 ? SHORT : LONG;
    if (length < tag || !line.needs(at, tag)) {
      line.cut();
      return EtherPayload.PRINTED;
    }
    if ((control & VERSION) != 0 || dataLength > MAX_LENGTH) {
      line.text(" (invalid)");
      return EtherPayload.PRINTED;
    }
    if (line.hasLinkHeader()) {
      tag(at);
    }
    long data = at + tag;
    line.payload(data);
    if ((control & ENCRYPTED) != 0) {
      encrypted(at, data);
      return EtherPayload.PRINTED;
    }
    long rest = length - tag - CHECK;
    if (rest < dataLength || !line.needs(data, dataLength + CHECK)) {
      line.cut();
      return EtherPayload.PRINTED;
    }
    long _ = line.narrow(line.end() - CHECK);
    return data(data, dataLength == 0 ? rest : dataLength);
  }

  private void encrypted(long at, long data) {
    if (!line.hasLinkHeader()) {
      line.hardware(line.linkSource(), 6).text(" > ");
      line.hardware(line.linkDestination(), 6).text(" 802.1AE MACsec, ");
      tag(at);
    }
    line.unknown(data);
  }

  private int data(long at, long length) {
    line.enter("ether");
    if (!line.needs(at, TYPE)) {
      return EtherPayload.PRINTED;
    }
    if (length < TYPE) {
      line.print(" [caplen %u < 2]", length);
      return EtherPayload.PRINTED;
    }
    int type = line.u16(at);
    long first = at + TYPE;
    if (line.hasLinkHeader()) {
      payload.nextType(first, type);
    }
    int unknown = payload.print(type, first, length - TYPE);
    if (unknown != EtherPayload.PRINTED) {
      long _ = line.narrow(at + length);
    }
    return unknown;
  }

  private void tag(long at) {
    int control = line.u8(at);
    line.print("an %u, pn %u, flags ", control & ASSOCIATION, line.u32(at + 2));
    line.bits(FLAGS, control, "none");
    int dataLength = line.u8(at + 1);
    if (dataLength != 0) {
      line.print(", sl %u", dataLength);
    }
    if ((control & CHANNEL) != 0) {
      line.text(", sci ").plainHex(line.u64(at + SHORT), 16);
    }
    line.text(", ");
  }
}
