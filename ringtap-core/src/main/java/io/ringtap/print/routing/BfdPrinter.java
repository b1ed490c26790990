package io.ringtap.print.routing;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// Bidirectional forwarding detection: control packets (RFC 5880), over one hop (RFC 5881), several
/// (RFC 5883) or a link of an aggregation (RFC 7130), and echoes.
public final class BfdPrinter implements Protocol {
  private static final int BYTES = 24;
  private static final int HAS_AUTHENTICATION = 4;

  private static final Names SESSIONS =
      Names.of(
          """
          3784 Control
          4784 Multihop
          6784 Lag\
          """);

  private static final Names STATES =
      Names.of(
          """
          0 AdminDown
          1 Down
          2 Init
          3 Up\
          """);

  private static final BitNames FLAGS =
      BitNames.of(
          ", ",
          """
          0x20 Poll
          0x10 Final
          0x08 Control Plane Independent
          0x04 Authentication Present
          0x02 Demand
          0x01 Multipoint\
          """);

  private static final BitNames FLAGS_OF_VERSION_0 =
      BitNames.of(
          ", ",
          """
          0x80 I Hear You
          0x40 Demand
          0x20 Poll
          0x10 Final
          0x08 Control Plane Independent
          0x04 Authentication Present
          0x02 Reserved
          0x01 Reserved\
          """);

  private static final Names DIAGNOSTICS =
      Names.of(
          """
          0 No Diagnostic
          1 Control Detection Time Expired
          2 Echo Function Failed
          3 Neighbor Signaled Session Down
          4 Forwarding Plane Reset
          5 Path Down
          6 Concatenated Path Down
          7 Administratively Down
          8 Reverse Concatenated Path Down\
          """);

  private static final Names AUTHENTICATIONS =
      Names.of(
          """
          1 Simple Password
          2 Keyed MD5
          3 Meticulous Keyed MD5
          4 Keyed SHA1
          5 Meticulous Keyed SHA1\
          """);

  private final Line line;

  public BfdPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("bfd");
    String session = SESSIONS.find(line.destinationPort());
    if (session != null) {
      control(session, at, length);
    } else {
      line.text("BFD, Echo");
      rest(at, length);
    }
  }

  private void rest(long at, long length) {
    line.print(", length: %u", length);
    if (line.isVerbose()) {
      line.hexDump("\n\t", at, length, false);
    }
  }

  private void control(String session, long at, long length) {
    int first = line.needs(at, BYTES) ? line.u8(at) : 0;
    int version = first >> 5;
    int flags = line.u8(at + 1);
    line.print("BFDv%u, ", version);
    if (version > 1) {
      line.text("Control");
      rest(at, length);
      return;
    }
    if (line.isVerbose()) {
      line.print("length: %u\n\t", length);
    }
    if (version == 0) {
      line.text("Control, Flags: [").bits(FLAGS_OF_VERSION_0, flags, "none");
    } else {
      line.text(session).text(", State ").text(STATES.find(flags >> 6, ""));
      line.text(", Flags: [").bits(FLAGS, flags & 0x3F, "none");
    }
    if (!line.isVerbose()) {
      line.print("], length: %u", length);
      return;
    }
    int diagnostic = first & 0x1F;
    line.text("], Diagnostic: ").text(DIAGNOSTICS.find(diagnostic, "unknown"));
    line.print(" (0x%02x)", diagnostic);
    times(at);
    if ((flags & HAS_AUTHENTICATION) != 0) {
      authentication(at + BYTES);
    }
  }

  private void times(long at) {
    int multiplier = line.u8(at + 2);
    // The product is cut to 32 bits, as in tcpdump.
    long detection = (multiplier * line.u32(at + 12) & 0xFFFF_FFFFL) / 1000;
    line.print("\n\tDetection Timer Multiplier: %u (%u ms Detection time)", multiplier, detection);
    line.print(", BFD Length: %u", line.u8(at + 3));
    line.print("\n\tMy Discriminator: 0x%08x", line.u32(at + 4));
    line.print(", Your Discriminator: 0x%08x", line.u32(at + 8));
    milliseconds("\n\t  Desired min Tx Interval:    ", at + 12);
    milliseconds("\n\t  Required min Rx Interval:   ", at + 16);
    milliseconds("\n\t  Required min Echo Interval: ", at + 20);
  }

  /// Prints a number of microseconds in milliseconds, in a column four digits wide.
  private void milliseconds(String before, long at) {
    long value = line.u32(at) / 1000;
    int begin = line.text(before).out().length();
    line.number(value).alignRight(begin, 4).text(" ms");
  }

  private void authentication(long at) {
    int type = line.needs(at, 4) ? line.u8(at) : 0;
    int length = line.u8(at + 1);
    line.text("\n\tAuthentication: ").text(AUTHENTICATIONS.find(type, "Unknown"));
    line.print(" (%u), length: %u", type, length);
    line.print("\n\t  Auth Key ID: %u", line.u8(at + 2));
    switch (type) {
      case 1 -> {
        if (isSound(length, length >= 4 && length <= 19)) {
          line.text(", Password: ").visibleText(at + 3, length - 3);
        }
      }
      case 2, 3 -> {
        if (isSound(length, length == 24)) {
          digest("\n\t  Digest: ", at + 4, 16);
        }
      }
      case 4, 5 -> {
        if (isSound(length, length == 28)) {
          digest("\n\t  Hash: ", at + 4, 20);
        }
      }
      default -> {}
    }
  }

  private boolean isSound(int length, boolean isRight) {
    if (!isRight) {
      line.print("[invalid length %u]", length);
    }
    return isRight;
  }

  private void digest(String before, long at, int bytes) {
    line.print(", Sequence Number: 0x%08x", line.u32(at));
    if (line.needs(at + 4, bytes)) {
      line.text(before).hexBytes(at + 4, bytes);
    }
  }
}
