package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// RADIUS (RFC 2865, RFC 2866, RFC 5176): the kind of a message; with `-v` its attributes, with
/// `-vv` also their bytes.
public final class RadiusPrinter implements Protocol {
  private static final int BYTES = 20;
  private static final int AUTHENTICATOR = 4; // offset
  private static final int ATTRIBUTE_HEADER = 2; // bytes: type, length
  private static final String PAST_END = " (bogus, goes past end of packet)";

  private final Line line;
  private final RadiusAttributes attributes;

  /// @param eap prints what an attribute carries of it
  public RadiusPrinter(Line line, Protocol eap) {
    this.line = line;
    this.attributes = new RadiusAttributes(line, eap);
  }

  @Override
  public void print(long at, long length) {
    line.enter("radius");
    int claimed = line.needs(at, BYTES) ? line.u16(at + 2) : 0;
    if (claimed < BYTES) {
      line.invalid();
      return;
    }
    long all = Math.min(claimed, length);
    int code = line.u8(at);
    String name = RadiusNames.CODES.find(code, "Unknown Command");
    if (!line.isVerbose()) {
      line.text("RADIUS, ").text(name);
      line.print(" (%u), id: 0x%02x length: %u", code, line.u8(at + 1), all);
      return;
    }
    line.print("RADIUS, length: %u\n\t", all).text(name);
    line.print(" (%u), id: 0x%02x, Authenticator: ", code, line.u8(at + 1));
    line.hexBytes(at + AUTHENTICATOR, BYTES - AUTHENTICATOR);
    attributes(at + BYTES, at + all);
  }

  private void attributes(long first, long end) {
    long at = first;
    while (at < end && !line.isCut()) {
      if (end - at < ATTRIBUTE_HEADER) {
        line.mark("radius");
        return;
      }
      if (!line.needs(at, ATTRIBUTE_HEADER)) {
        return;
      }
      int type = line.u8(at);
      int length = line.u8(at + 1);
      String attribute = RadiusNames.ATTRIBUTES.find(type, "-Unknown");
      line.text("\n\t  ").out().append(attribute, 1, attribute.length());
      line.print(" Attribute (%u), length: %u", type, length);
      if (length < ATTRIBUTE_HEADER || length > end - at) {
        line.text(length < ATTRIBUTE_HEADER ? " (bogus, must be >= 2)" : PAST_END);
        return;
      }
      line.text(", Value: ");
      if (length > ATTRIBUTE_HEADER) {
        attributes.print(
            type, attribute.charAt(0), at + ATTRIBUTE_HEADER, length - ATTRIBUTE_HEADER);
      }
      if (line.verbosity() > 1) {
        line.hexDump("\n\t    ", at + ATTRIBUTE_HEADER, length - ATTRIBUTE_HEADER, false);
      }
      at += length;
    }
  }
}
