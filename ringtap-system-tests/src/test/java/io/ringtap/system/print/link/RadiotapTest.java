package io.ringtap.system.print.link;

import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.List;

class RadiotapTest extends PrinterBeside {
  private static final int RADIOTAP = 127;

  @Override
  protected List<String> flags() {
    return List.of("", "-v", "-e");
  }

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.add(sample("usual", "2f400000", "0102030405060708 10 0c 8509 c004 c8 01 0000"));
    samples.add(
        sample(
            "many",
            "ff7f0000",
            "0102030405060708 00 6c 8509 c000 02 03 c8 a1 0102"
                + "0300 0400 05 06 07 08 09 00 0000"));
    samples.add(sample("attenuation", "00070000", "ff7f 80 80"));
    for (int field = 0; field <= 31; field++) {
      String present = little(1L << field);
      samples.add(sample("field " + field, present, "0102030405060708090a0b0c"));
      samples.add(sample("field " + field + " without a value", present, ""));
      samples.add(
          sample(
              "field %d after a byte".formatted(field),
              little(2 | 1L << field),
              "00 00000000000000 0102030405060708090a0b0c"));
    }
    for (int bit = 0; bit <= 7; bit++) {
      samples.add(sample("flag " + bit, "02000000", "%02x".formatted(1 << bit)));
    }
    for (String rate : List.of("02", "0b", "7f", "80", "8f", "90", "ff")) {
      samples.add(sample("rate " + rate, "04000000", rate));
    }
    for (String kind :
        List.of(
            "4001", "4041", "4081", "8000", "c000", "8004", "c040", "c080", "a000", "b000", "8008",
            "0000", "0001")) {
      samples.add(sample("channel " + kind, "08000000", "8509" + kind));
    }
    for (String kind : List.of("40010100", "40010200", "40010400", "40410000", "00000700")) {
      samples.add(sample("extended channel " + kind, "00000400", kind + "3c14 24 28"));
      samples.add(sample("two channels " + kind, "08000400", "8509 c000" + kind + "3c14 24 28"));
      samples.add(sample("channel of 11n " + kind, "00000c00", kind + "3c14 24 28 ff 00 00"));
    }
    for (int index = 0; index <= 78; index++) {
      for (int values : new int[] {0, 1, 4, 5}) {
        String field = "07 %02x %02x".formatted(values, index);
        samples.add(sample("modulation " + field, "00000800", field));
      }
    }
    for (int known = 0; known <= 0xFF; known += 0x11) {
      samples.add(
          sample("known " + known, "00000800", "%02x %02x 07".formatted(known, 0xFF - known)));
      String user = "%02x".formatted(known);
      samples.add(
          sample(
              "VHT " + known,
              "00002000",
              "%02x00 04 %02x %s 00 %s 21 05 07 0001".formatted(known | 0x44, known, user, user)));
    }
    samples.addAll(words());
    samples.addAll(frames());
    return samples;
  }

  private static List<Sample> words() {
    return List.of(
        sample("two words", "2e0000a0 20080000", "10 0c 8509 c004 c8 c8 01"),
        sample("words of one space", "2e000080 20080000", "10 0c 8509 c004 c8 c8 01"),
        sample("a vendor", "020000c0 00000020 04000000", "00 00 001122 01 0300 aabbcc 0c"),
        sample("a long vendor", "020000c0 00000020 04000000", "00 00 001122 01 ff00 aabbcc 0c"),
        sample("a vendor that ends", "020000c0 00000020", "00 00 0011"),
        sample("both bits", "020000e0 04000000", "00 0c"),
        sample("words that pass the end", "00000080", ""),
        sample("more words than there are", "00000080 000000", ""));
  }

  private static List<Sample> frames() {
    return List.of(
        Sample.of(
            RADIOTAP,
            "a checksum",
            start()
                .hex("0000 0900 02000000 10")
                .bytes(WirelessTest.beacon())
                .hex("01020304")
                .toBytes()),
        Sample.of(
            RADIOTAP, "only a checksum", start().hex("0000 0900 02000000 10 010203").toBytes()),
        Sample.of(
            RADIOTAP,
            "padding",
            start()
                .hex(
                    "0000 0900 02000000 20 8802 0000 020000000001 020000000002 020000000003 1000"
                        + " 0000 0000 aaaa03 000000 0806 0001")
                .toBytes()),
        Sample.of(RADIOTAP, "no frame", start().hex("0000 0800 00000000").toBytes()),
        Sample.of(RADIOTAP, "small length", start().hex("0000 0700 00000000 00").toBytes()),
        Sample.of(RADIOTAP, "large length", start().hex("0000 ff00 00000000 00").toBytes()));
  }

  private static String little(long bits) {
    return "%08x".formatted(Integer.reverseBytes((int) bits));
  }

  private static Sample sample(String name, String present, String fields) {
    byte[] header = PacketBytes.fromHex(present + fields);
    int length = 4 + header.length;
    return Sample.of(
        RADIOTAP,
        name,
        start().hex("0000").u8(length).u8(0).bytes(header).hex("d400 0000 020000000001").toBytes());
  }
}
