package io.ringtap.print.transport;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Carrier;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// SCTP (RFC 9260): the chunks of a packet, and with `-vv` what data chunks carry.
public final class SctpPrinter implements Protocol {
  private static final int HEADER = 12; // bytes
  private static final int CHUNK = 4; // bytes of a chunk before its value
  private static final int DATA = 12; // bytes before the user data
  private static final int INIT = 16; // bytes before the parameters
  private static final int SACK = 12; // bytes before the blocks

  private static final Names CHUNKS =
      Names.of(
          """
          0 DATA
          1 INIT
          2 INIT ACK
          3 SACK
          4 HB REQ
          5 HB ACK
          6 ABORT
          7 SHUTDOWN
          8 SHUTDOWN ACK
          9 OP ERR
          10 COOKIE ECHO
          11 COOKIE ACK
          12 ECN ECHO
          13 ECN CWR
          14 SHUTDOWN COMPLETE
          0xC0 FOR CUM TSN
          0xC1 REL CTRL
          0xC2 REL CTRL ACK\
          """);

  private static final BitNames DATA_FLAGS =
      BitNames.of(
          "",
          """
          4 (U)
          2 (B)
          1 (E)\
          """);

  private static final Names PAYLOADS =
      Names.of(
          """
          1 ISDN Q.921
          2 M2UA
          3 M3UA
          4 SUA
          5 M2PA
          6 V5.2
          7 H.248
          8 BICC
          9 TALI
          10 DUA
          11 ASAP
          12 ENRP
          13 H.323
          14 Q.IPC
          15 SIMCO
          16 DDPSC
          17 DDPSSC
          18 S1AP
          19 RUA
          20 HNBAP
          21 ForCES HP
          22 ForCES MP
          23 ForCES LP
          24 SBc-AP
          25 NBAP
          27 X2AP\
          """);

  private final Line line;
  private final Protocols protocols;

  public SctpPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  @Override
  public void print(long at, long length) {
    line.enter("sctp");
    if (length < HEADER) {
      line.print("truncated-sctp - %u bytes missing!", HEADER - length);
      return;
    }
    if (!line.needs(at, HEADER)) {
      return;
    }
    Carrier carrier = line.carrier();
    line.address(carrier.isIpv6(), carrier.source()).print(".%u > ", line.u16(at));
    line.address(carrier.isIpv6(), carrier.destination()).print(".%u: sctp", line.u16(at + 2));
    chunks(at + HEADER, length - HEADER);
  }

  private void chunks(long first, long length) {
    long at = first;
    long rest = length;
    for (int number = 1; rest != 0 && !line.isCut(); number++) {
      boolean isNext = number > 1 && line.verbosity() < 2;
      String before = line.verbosity() > 1 ? "\n\t%u) " : isNext ? ", (%u) " : " (%u) ";
      if (rest < CHUNK) {
        line.print(before, number).text("[chunk descriptor cut off at end of packet]");
        return;
      }
      int chunkLength = line.needs(at, CHUNK) ? line.u16(at + 2) : CHUNK;
      int padding = -chunkLength & 3;
      if (chunkLength < CHUNK) {
        line.print(before, number);
        line.print("[Bad chunk length %u, < size of chunk descriptor]", chunkLength);
        return;
      }
      if (rest < padding) {
        line.print(before, number);
        line.print("[Bad chunk length %u, > remaining data in packet]", chunkLength);
        return;
      }
      if (line.needs(at, chunkLength)) {
        line.print(before, number);
        if (!chunk(at, chunkLength)) {
          line.print("bogus chunk length %u]", chunkLength);
          return;
        }
      }
      at += chunkLength;
      rest -= chunkLength;
      if (line.needs(at, padding)) {
        at += padding;
        rest -= padding;
      }
    }
  }

  /// @return false if the chunk has another length than its type or its counts demand
  private boolean chunk(long at, int length) {
    int type = line.u8(at);
    line.text("[").name(CHUNKS.find(type), "Unknown chunk type: 0x%x", type).text("] ");
    return switch (type) {
      case 0 -> data(at, length - CHUNK);
      case 1, 2 -> initiation(at + CHUNK, length - CHUNK);
      case 3 -> acknowledgment(at + CHUNK, length - CHUNK);
      default -> true;
    };
  }

  private boolean data(long chunk, int length) {
    int flags = line.u8(chunk + 1) & 7;
    line.bits(DATA_FLAGS, flags, "").text(flags != 0 ? " " : "");
    if (length < DATA) {
      return false;
    }
    long at = chunk + CHUNK;
    line.print("[TSN: %u] ", line.u32(at));
    line.print("[SID: %u] [SSEQ %u] ", line.u16(at + 4), line.u16(at + 6));
    long payload = line.u32(at + 8);
    line.text("[PPID ").name(PAYLOADS.find(payload), "0x%x", payload).text("] ");
    if (length == DATA) {
      return false;
    }
    if (line.verbosity() > 1) {
      payload(payload, at + DATA, length - DATA);
    }
    return true;
  }

  private void payload(long protocol, long at, int length) {
    if (protocols.print(NumberSpace.SCTP_PAYLOAD, protocol, at, length)) {
      line.enter("sctp");
      return;
    }
    line.text("[Payload");
    if (line.dumpsUnknown()) {
      line.text(":");
      line.hexDump("\n\t", at, length, true);
    }
    line.text("]");
  }

  private boolean initiation(long at, int length) {
    if (length < INIT) {
      return false;
    }
    line.print("[init tag: %u] [rwnd: %u] ", line.u32(at), line.u32(at + 4));
    line.print("[OS: %u] [MIS: %u] ", line.u16(at + 8), line.u16(at + 10));
    line.print("[init TSN: %u] ", line.u32(at + 12));
    return true;
  }

  private boolean acknowledgment(long first, int length) {
    if (length < SACK) {
      return false;
    }
    long acknowledged = line.u32(first);
    int gaps = line.u16(first + 8);
    int duplicates = line.u16(first + 10);
    line.print("[cum ack %u] [a_rwnd %u] ", acknowledged, line.u32(first + 4));
    line.print("[#gap acks %u] [#dup tsns %u] ", gaps, duplicates);
    long at = first + SACK;
    long end = first + length;
    for (int i = 1; i <= gaps + duplicates && at < end; i++) {
      if (end - at < 4) {
        return false;
      }
      if (i <= gaps) {
        line.print(
            "\n\t\t[gap ack block #%u: start = %u, end = %u] ",
            i, tsn(acknowledged + line.u16(at)), tsn(acknowledged + line.u16(at + 2)));
      } else {
        line.print("\n\t\t[dup TSN #%u: %u] ", i - gaps, line.u32(at));
      }
      at += 4;
    }
    return true;
  }

  private static long tsn(long sum) {
    return sum & 0xFFFF_FFFFL;
  }
}
