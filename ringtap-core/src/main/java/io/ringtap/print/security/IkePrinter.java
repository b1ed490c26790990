package io.ringtap.print.security;

import io.ringtap.packet.NetworkOrder;
import io.ringtap.print.line.Carrier;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// IKE, also called ISAKMP, of version 1 (RFC 2408, RFC 2409) and 2 (RFC 7296): the header, and
/// with `-v` the payloads as far as they are not encrypted.
public final class IkePrinter implements Protocol {
  private static final int HEADER = 28; // bytes
  private static final int VERSION_1 = 1;
  private static final int VERSION_2 = 2;
  private static final int ENCRYPTED = 0x01; // flags
  private static final int COMMIT = 0x02;
  private static final int INITIATOR = 0x08;
  private static final int VERSION = 0x10;
  private static final int RESPONSE = 0x20;
  private static final int INITIATORS = 20; // that are remembered

  private static final Names EXCHANGES =
      Names.of(
          """
          0 none
          1 base
          2 ident
          3 auth
          4 agg
          5 inf
          32 oakley-quick
          33 oakley-newgroup
          34 ikev2_init
          35 ikev2_auth
          36 child_sa
          37 inf2\
          """);

  /// Who began an exchange of version 1.
  private static final class Initiator {
    private long cookie;
    private int ipVersion; // 0 if it is not known
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
  }

  private final Line line;
  private final IkeText text;
  private final IkePayloads payloads;
  private final Initiator[] initiators = new Initiator[INITIATORS];
  private int nextInitiator;

  public IkePrinter(Line line) {
    this.line = line;
    this.text = new IkeText(line);
    this.payloads = new IkePayloads(line);
    for (int i = 0; i < INITIATORS; i++) {
      initiators[i] = new Initiator();
    }
  }

  @Override
  public void print(long at, long length) {
    line.enter("isakmp");
    if (!line.needs(at, HEADER)) {
      return;
    }
    int version = line.u8(at + 17);
    line.text("isakmp");
    if (line.isVerbose()) {
      line.print(" %u.%u msgid %08x", version >> 4, version & 0xF, line.u32(at + 20));
    }
    if (line.verbosity() > 1) {
      line.print(" cookie %016x->%016x", line.u64(at), line.u64(at + 8));
    }
    line.text(":");
    boolean isFirstPhase = line.u32(at + 20) == 0;
    int flags = line.u8(at + 19);
    switch (version >> 4) {
      case VERSION_1 -> {
        line.text(isFirstPhase ? " phase 1 " : " phase 2/others ").text(role(at)).text(" ");
        text.name(EXCHANGES, line.u8(at + 18));
        if (flags != 0) {
          line.text((flags & ENCRYPTED) != 0 ? "[E" : "[");
          line.text((flags & COMMIT) != 0 ? "C]" : "]");
        }
      }
      case VERSION_2 -> {
        line.text(isFirstPhase ? " parent_sa " : " child_sa  ");
        text.name(EXCHANGES, line.u8(at + 18));
        if (flags != 0) {
          line.text((flags & INITIATOR) != 0 ? "[I" : "[");
          line.text((flags & VERSION) != 0 ? "V" : "");
          line.text((flags & RESPONSE) != 0 ? "R]" : "]");
        }
      }
      default -> {
        return;
      }
    }
    if (line.isVerbose()) {
      payloads(at, flags);
      if (line.u32(at + 24) != length) {
        line.print(" (len mismatch: isakmp %u/ip %u)", line.u32(at + 24), length);
      }
    }
  }

  private void payloads(long at, int flags) {
    line.text(":");
    int first = line.u8(at + 16);
    if ((flags & ENCRYPTED) != 0) {
      line.text(" [encrypted ");
      text.payload(first);
      line.text("]");
    } else {
      payloads.print(line.u8(at + 17) >> 4, first, at + HEADER);
    }
  }

  /// Whether the initiator sent the message, or the responder; `?` if the first message was not
  /// seen.
  private String role(long at) {
    long cookie = line.u64(at);
    Carrier carrier = line.carrier();
    int ipVersion = carrier.isIpv6() ? 6 : 4;
    long sourceHigh = high(carrier.isIpv6(), carrier.source());
    long sourceLow = low(carrier.isIpv6(), carrier.source());
    for (Initiator each : initiators) {
      if (each.cookie == cookie) {
        if (each.ipVersion != ipVersion) {
          return "?";
        }
        if (each.sourceHigh == sourceHigh && each.sourceLow == sourceLow) {
          return "I";
        }
        boolean isResponder =
            each.destinationHigh == sourceHigh && each.destinationLow == sourceLow;
        return isResponder ? "R" : "?";
      }
    }
    if (line.u64(at + 8) != 0) {
      return "?";
    }
    Initiator initiator = initiators[nextInitiator];
    nextInitiator = (nextInitiator + 1) % INITIATORS;
    initiator.cookie = cookie;
    initiator.ipVersion = ipVersion;
    initiator.sourceHigh = sourceHigh;
    initiator.sourceLow = sourceLow;
    initiator.destinationHigh = high(carrier.isIpv6(), carrier.destination());
    initiator.destinationLow = low(carrier.isIpv6(), carrier.destination());
    return "I";
  }

  /// The first half of an IPv6 address, whose header was captured.
  private long high(boolean isIpv6, long address) {
    return isIpv6 ? NetworkOrder.doubleWord(line.frame(), address) : 0;
  }

  private long low(boolean isIpv6, long address) {
    return isIpv6
        ? NetworkOrder.doubleWord(line.frame(), address + Long.BYTES)
        : NetworkOrder.word(line.frame(), address);
  }
}
