package io.ringtap.print.application;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// The Precision Time Protocol (IEEE 1588-2008), in UDP or in Ethernet.
public final class PtpPrinter implements Protocol {
  private static final int HEADER = 34;

  private static final int SYNC = 0;
  private static final int DELAY_REQUEST = 1;
  private static final int PEER_DELAY_REQUEST = 2;
  private static final int PEER_DELAY_RESPONSE = 3;
  private static final int FOLLOW_UP = 8;
  private static final int DELAY_RESPONSE = 9;
  private static final int PEER_DELAY_FOLLOW_UP = 10;
  private static final int ANNOUNCE = 11;
  private static final int SIGNALING = 12;
  private static final int MANAGEMENT = 13;

  private static final Names MESSAGES =
      Names.of(
          """
          0 sync msg
          1 delay req msg
          2 peer delay req msg
          3 peer delay resp msg
          8 follow up msg
          9 delay resp msg
          10 pdelay resp fup msg
          11 announce msg
          12 signalling msg
          13 management msg\
          """);

  private static final BitNames FLAGS =
      BitNames.of(
          ", ",
          """
          0x0001 l1 61
          0x0002 l1 59
          0x0004 utc reasonable
          0x0008 timescale
          0x0010 time tracable
          0x0020 frequency tracable
          0x0100 alternate master
          0x0200 two step
          0x0400 unicast
          0x1000 profile specific 1
          0x2000 profile specific 2
          0x4000 security mask
          0x18C0 unknown\
          """);

  private static final Names CONTROLS =
      Names.of(
          """
          0 Sync
          1 Delay_Req
          2 Follow_Up
          3 Delay_Resp
          4 Management
          5 Other\
          """);

  private final Line line;

  public PtpPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("ptp");
    if (length < HEADER) {
      line.print(" [length %u < %u]", length, HEADER).invalid();
      return;
    }
    int begin = line.u16(at);
    int version = begin & 0xFF;
    line.print("PTPv%u", version);
    if (version == 1) {
      line.text(" (not implemented)");
    } else if (version == 2) {
      int message = begin >>> 8 & 0xF;
      line.text(", v1 compat : ").text(begin >>> 12 == 0 ? "no" : "yes");
      line.text(", msg type : ").text(MESSAGES.find(message, "Reserved"));
      header(at);
      body(message, at + HEADER);
    }
  }

  private void header(long at) {
    line.print(", length : %u", line.u16(at + 2));
    line.print(", domain : %u", line.u16(at + 4) >>> 8);
    line.print(", reserved1 : %u", line.u8(at + 5));
    int flags = line.u16(at + 6);
    line.text(", Flags [").bits(FLAGS, flags, "none").text("]");
    line.print(", NS correction : %u", line.u48(at + 8));
    line.print(", sub NS correction : %u", line.u16(at + 14));
    line.print(", reserved2 : %u", line.u32(at + 16));
    line.print(", clock identity : 0x%x", line.u64(at + 20));
    line.print(", port id : %u", line.u16(at + 28));
    line.print(", seq id : %u", line.u16(at + 30));
    int control = line.u8(at + 32);
    line.print(", control : %u (", control).text(CONTROLS.find(control, "Reserved")).text(")");
    line.print(", log message interval : %u", line.u8(at + 33));
  }

  private void body(int message, long at) {
    switch (message) {
      case SYNC, DELAY_REQUEST -> time(", originTimeStamp", ",", at);
      case FOLLOW_UP -> time(", preciseOriginTimeStamp", ",", at);
      case PEER_DELAY_REQUEST, PEER_DELAY_FOLLOW_UP -> {
        time(", preciseOriginTimeStamp", ",", at);
        port(at + 10);
      }
      case PEER_DELAY_RESPONSE, DELAY_RESPONSE -> {
        time(", receiveTimeStamp", ",", at);
        port(at + 10);
      }
      case ANNOUNCE -> {
        time(", originTimeStamp", "", at);
        clock(at + 10);
      }
      case SIGNALING -> port(at);
      case MANAGEMENT -> {
        port(at);
        management(line.u8(at)); // tcpdump reads all four values from here
      }
      default -> {}
    }
  }

  private void time(String name, String separator, long at) {
    line.text(name).text(" :").print(" %u seconds", line.u48(at));
    line.text(separator).print(" %u nanoseconds", line.u32(at + 6));
  }

  private void port(long at) {
    line.print(", port identity : 0x%x", line.u64(at));
    line.print(", port id : %u", line.u16(at + 8));
  }

  private void management(int value) {
    line.print(", , start boundary hops  %u, , boundary hops  %u", value, value);
    line.print(", , flags  0x%x, , reserved  0x%x", value, value);
  }

  private void clock(long at) {
    line.print(", origin cur utc :%u", line.u16(at));
    line.print(", rsvd : %u", line.u8(at + 2));
    line.print(", gm priority_1 : %u", line.u8(at + 3));
    line.print(", gm clock class : %u", line.u8(at + 4));
    line.print(", gm clock accuracy : %u", line.u8(at + 5));
    line.print(", gm clock variance : %u", line.u16(at + 6));
    line.print(", gm priority_2 : %u", line.u8(at + 8));
    line.print(", gm clock id : 0x%x", line.u64(at + 9));
    line.print(", steps removed : %u", line.u16(at + 17));
    line.print(", time source : 0x%x", line.u8(at + 19));
  }
}
