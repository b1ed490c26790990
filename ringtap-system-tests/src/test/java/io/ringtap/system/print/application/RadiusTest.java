package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.ArrayList;
import java.util.List;

class RadiusTest extends PrinterBeside {
  private static final String ADDRESS = "20010db8000000000000000000000001";
  private static final String WHOLE = "one message is cut, the others differ only in attributes";
  private static final int ENUMERATIONS = 50; // values, more than any attribute has names

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.add(
        message(
            "request",
            1,
            attribute(1, "626f62")
                + attribute(2, "01".repeat(16))
                + attribute(4, "0a000001")
                + attribute(26, "00000009 0109 7368656c6c3a78 0204 61ff")
                + attribute(27, "00000e10")
                + attribute(79, "0201 000a 01 6162636465")
                + attribute(80, "01".repeat(16))
                + attribute(97, "0040 20010db800000000")
                + attribute(101, "00000195")));
    for (int code : new int[] {0, 2, 3, 4, 5, 11, 12, 13, 40, 41, 42, 43, 44, 45, 255}) {
      samples.add(message("code " + code, code, "").wholeOnly(WHOLE));
    }
    values(samples);
    enumerations(samples);
    for (String wrong : List.of("01", "0101 61", "0109 61", "1a05 000000", "1a08 00000009 0109")) {
      samples.add(message("wrong length " + wrong, 1, wrong).wholeOnly(WHOLE));
    }
    return samples;
  }

  /// Values of all lengths that matter, for all attributes but those of mobile IPv6 and of
  /// locations, whose values are not printed.
  private static void values(List<Sample> samples) {
    List<String> values =
        List.of(
            "",
            "01",
            "0102",
            "010203",
            "00000000",
            "00000005",
            "0a000001",
            "fffffffe",
            "ffffffff",
            "0000003c",
            "00000e0f",
            "31000005",
            "0500000003",
            "616263",
            "1f616263",
            "20616263",
            "000102030405060708",
            "0040" + ADDRESS,
            "0081" + ADDRESS,
            "0010 20",
            ADDRESS,
            "00",
            "0108" + "0a".repeat(12),
            "0008" + "0a".repeat(12),
            "00000137 0100",
            "00000001 01ff",
            "0101 0005 01",
            "0301 0004",
            "30414243",
            "6543210f");
    for (int type = 0; type < 256; type++) {
      if (type == 124 || type == 125 || (type >= 127 && type <= 129)) {
        continue;
      }
      StringBuilder attributes = new StringBuilder();
      for (String value : values) {
        attributes.append(attribute(type, value));
      }
      samples.add(message("attribute " + type, 1, attributes.toString()).wholeOnly(WHOLE));
    }
  }

  private static void enumerations(List<Sample> samples) {
    for (int type : new int[] {6, 7, 10, 13, 15, 29, 40, 45, 49, 57, 61, 64, 65, 72, 76}) {
      StringBuilder attributes = new StringBuilder();
      for (int value = 0; value < ENUMERATIONS; value++) {
        attributes.append(attribute(type, "%08x".formatted(value)));
      }
      samples.add(message("values of " + type, 1, attributes.toString()).wholeOnly(WHOLE));
    }
    StringBuilder errors = new StringBuilder();
    for (int cause = 200; cause < 512; cause++) {
      errors.append(attribute(101, "%08x".formatted(cause)));
    }
    samples.add(message("errors", 45, errors.toString()).wholeOnly(WHOLE));
    for (int vendor : new int[] {0, 9, 311, 529, 2636, 3561, 10415, 12356, 35632, 65535}) {
      String attribute = attribute(26, "%08x 0103 41".formatted(vendor));
      samples.add(message("vendor " + vendor, 2, attribute).wholeOnly(WHOLE));
    }
  }

  private static String attribute(int type, String value) {
    return "%02x %02x".formatted(type, 2 + fromHex(value).length) + value;
  }

  private static Sample message(String name, int code, String attributes) {
    byte[] rest = fromHex(attributes);
    byte[] message =
        start()
            .u8(code)
            .u8(7)
            .u16(20 + rest.length)
            .hex("000102030405060708090a0b0c0d0e0f")
            .bytes(rest)
            .toBytes();
    return ethernet(name, ipv4(17, udp(1812, 1812, message)));
  }
}
