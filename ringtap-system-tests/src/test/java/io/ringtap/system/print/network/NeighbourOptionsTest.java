package io.ringtap.system.print.network;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.List;

class NeighbourOptionsTest extends PrinterBeside {
  private static final String ADVERTISEMENT = "86000000 40c00708 00000000 00000000";
  private static final String PREFIX = "20010db8000100000000000000000000";
  private static final String SOLICITATION = "87000000 00000000 20010db8000000000000000000000002";
  private static final int[] UNITS = {1, 2, 3, 4, 5}; // of 8 bytes

  @Override
  protected List<String> flags() {
    return List.of("-v", "-vv");
  }

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.add(
        message(
            "advertisement",
            ADVERTISEMENT
                + "0101 020000000001 0501 0000 000005dc"
                + "0304 40c0 00015180 00003840 00000000"
                + PREFIX
                + "1903 0000 00000e10"
                + PREFIX
                + "1802 4008 00000e10 20010db8 00000000"
                + "1f03 0000 00000e10 07 6578616d706c65 03 636f6d 00 000000"));
    for (int type = 0; type < 45; type++) {
      for (int units : UNITS) {
        PacketBytes bytes = start().hex(ADVERTISEMENT).u8(type).u8(units);
        for (int i = 2; i < units * 8; i++) {
          bytes.u8(i * 7);
        }
        bytes.hex("0101 020000000001");
        samples.add(
            ethernet("option " + type + " of " + units, ipv6(58, bytes.toBytes()))
                .wholeOnly("one message is cut, the others differ in an option"));
      }
    }
    samples.add(
        message("a nonce and a time", SOLICITATION + "0e01 010203040506 0d02" + "00".repeat(14)));
    samples.add(message("reserved preference", "86000000 40300708 00000000 00000000"));
    samples.add(message("unknown", SOLICITATION + "fe01 010203040506"));
    samples.add(message("no length", SOLICITATION + "0100 020000000001"));
    samples.add(message("too long", SOLICITATION + "0102 020000000001"));
    return samples;
  }

  private static Sample message(String name, String hex) {
    return ethernet(name, ipv6(58, PacketBytes.fromHex(hex)));
  }
}
