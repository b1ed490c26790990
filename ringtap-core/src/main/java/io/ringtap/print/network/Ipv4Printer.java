package io.ringtap.print.network;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Carrier;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// An IPv4 packet (RFC 791).
public final class Ipv4Printer implements Protocol {
  private static final BitNames FRAGMENT_FLAGS =
      BitNames.of(
          ", ",
          """
          0x2000 +
          0x4000 DF
          0x8000 rsvd\
          """);

  private final Line line;
  private final IpPayload payload;
  private final Ipv4Options options;

  public Ipv4Printer(Line line, IpPayload payload) {
    this.line = line;
    this.payload = payload;
    this.options = new Ipv4Options(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("ip");
    int version = line.u8(at) >>> 4;
    if (version != 4) {
      if (version == 6) {
        line.text("IP6, wrong link-layer encapsulation");
      } else {
        line.print("IP%u", version);
      }
      line.invalid();
      return;
    }
    if (!line.hasLinkHeader()) {
      line.text("IP ");
    }
    if (!line.has(at, Ipv4Header.MIN_BYTES)) {
      line.mark("ip");
      return;
    }
    int headerLength = Ipv4Header.headerLength(line.frame(), at);
    int totalLength = Ipv4Header.totalLength(line.frame(), at);
    if (length < Ipv4Header.MIN_BYTES) {
      line.print("truncated-ip %u", length);
    } else if (headerLength < Ipv4Header.MIN_BYTES) {
      line.print("bad-hlen %u", headerLength);
    } else if (totalLength < headerLength && totalLength != 0) {
      line.print("bad-len %u", totalLength);
    } else {
      // Zero: the network card has yet to cut the packet into segments.
      long whole = totalLength == 0 ? length : totalLength;
      if (length < whole) {
        line.print("truncated-ip - %u bytes missing! ", whole - length);
      }
      long outer = line.narrow(at + whole);
      Carrier carrier = line.enterIp(false, at);
      sound(carrier, headerLength, whole);
      line.leaveIp();
      line.widen(outer);
    }
  }

  private void sound(Carrier carrier, int headerLength, long length) {
    long at = carrier.at();
    if (line.isVerbose() && !header(at, headerLength, length)) {
      carrier.addresses();
      line.cut();
      return;
    }
    int fragmentOffset = Ipv4Header.fragmentOffset(line.frame(), at);
    if (fragmentOffset != 0 || Ipv4Header.moreFragments(line.frame(), at)) {
      carrier.fragment();
    }
    int protocol = Ipv4Header.protocol(line.frame(), at);
    if (fragmentOffset == 0) {
      if (!line.has(at, headerLength)) {
        headerCut(carrier, protocol, headerLength);
        return;
      }
      payload.print(protocol, at + headerLength, length - headerLength);
    } else {
      carrier.addresses();
      line.print("ip-proto-%u", protocol);
    }
  }

  private void headerCut(Carrier carrier, int protocol, int headerLength) {
    if (!IpPayload.hasPorts(protocol)) {
      carrier.addresses();
    }
    line.print(" [remaining caplen(%u) < header length", line.end() - carrier.at());
    line.print("(%u)]", headerLength);
    line.cut();
  }

  /// @return false if an option was cut off
  private boolean header(long at, int headerLength, long length) {
    int tos = Ipv4Header.typeOfService(line.frame(), at);
    line.print("(tos 0x%x", tos);
    line.text(
        switch (tos & 3) {
          case 1 -> ",ECT(1)";
          case 2 -> ",ECT(0)";
          case 3 -> ",CE";
          default -> "";
        });
    int hops = Ipv4Header.timeToLive(line.frame(), at);
    if (hops > 0) {
      line.print(", ttl %u", hops);
    }
    line.print(
        ", id %u, offset %u, flags [",
        Ipv4Header.identification(line.frame(), at), Ipv4Header.fragmentOffset(line.frame(), at));
    line.bits(FRAGMENT_FLAGS, line.u16(at + 6), "none");
    int protocol = Ipv4Header.protocol(line.frame(), at);
    line.text("], proto ").text(IpProtocol.word(protocol));
    line.print(" (%u), length %u", protocol, length);
    boolean isWhole =
        headerLength == Ipv4Header.MIN_BYTES
            || options.print(at + Ipv4Header.MIN_BYTES, at + headerLength);
    boolean isDamaged =
        line.isVerifying()
            && line.has(at, headerLength)
            && !Ipv4Header.isChecksumValid(line.frame(), at);
    if (isDamaged) {
      int stored = Ipv4Header.checksum(line.frame(), at);
      long sum = Checksum.sum(line.frame(), at, headerLength);
      line.print(", bad cksum %x (->%x)!", stored, Carrier.shouldBe(sum, stored));
    }
    line.text(")\n    ");
    return isWhole;
  }
}
