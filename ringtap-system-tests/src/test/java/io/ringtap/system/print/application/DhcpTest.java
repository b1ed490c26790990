package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

class DhcpTest extends PrinterBeside {
  private static final String COOKIE = "63825363";
  private static final String ZEROS = "00".repeat(16);
  private static final String WHOLE = "one message is cut, the others differ only in their options";

  @Override
  protected List<String> flags() {
    return List.of("", "-v", "-vv", "-vvv", "-q");
  }

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.add(
        message(
            "discover",
            "01 01 06 00 12345678 0003 8000" + ZEROS,
            "",
            COOKIE
                + "350101 3d07 01 020000000001 3204 0a000005 3902 05dc 3707 01 79 03 06 0f f9 60"
                + "0c03 616263 5206 0102 6869 0900 ff"));
    samples.add(
        message(
                "offer",
                "02 01 06 01 12345678 0000 0000 00000000 0a000005 0a000001 0a000002",
                "boot",
                COOKIE + "350102 3604 0a000001 3304 00000e10 0104 ffffff00 ff 000000")
            .wholeOnly(WHOLE));
    samples.add(
        message("other hardware", "02 06 08 00 00000000 0000 0001" + ZEROS, "b", "00000000")
            .wholeOnly(WHOLE));
    samples.add(
        message(
                "a file without an end",
                "01 01 08 00 00000001 0000 0001" + ZEROS,
                "x".repeat(128),
                "")
            .wholeOnly(WHOLE));
    samples.add(
        message("CMU", "01 01 06 00 00000001 0000 0000" + ZEROS, "", cmu("03")).wholeOnly(WHOLE));
    samples.add(
        message("CMU, no mask", "01 01 06 00 00000001 0000 0000" + ZEROS, "", cmu("00"))
            .wholeOnly(WHOLE));
    samples.add(
        message("unknown vendor", "03 01 06 00 00000001 0000 0000" + ZEROS, "", "01020304")
            .wholeOnly(WHOLE));
    options(samples);
    return samples;
  }

  /// Values of all lengths that matter, for all options.
  private static void options(List<Sample> samples) {
    List<String> values =
        List.of(
            "",
            "01",
            "0203",
            "010203",
            "ffffffff",
            "01020304050607f8",
            "61626364656667",
            "00016101",
            "1001020a000001",
            "000a000001 18c0a8010a000002 21");
    for (int option = 1; option < 255; option++) {
      PacketBytes all = start();
      for (String value : values) {
        byte[] bytes = fromHex(value);
        all.u8(option).u8(bytes.length).bytes(bytes);
      }
      samples.add(option("option " + option, all.toBytes()));
    }
    PacketBytes messages = start();
    for (int type = 0; type < 20; type++) {
      messages.hex("3501").u8(type);
    }
    samples.add(option("messages", messages.toBytes()));
    samples.add(option("beyond the end", fromHex("0c05 616263")));
    samples.add(option("no length", fromHex("0c")));
    PacketBytes parameters = start().hex("37ff");
    for (int option = 0; option < 255; option++) {
      parameters.u8(option);
    }
    samples.add(option("parameters", parameters.toBytes()));
  }

  private static Sample option(String name, byte[] options) {
    return message(
            name,
            "01 01 06 00 12345678 0003 8000" + ZEROS,
            "",
            COOKIE + HexFormat.of().formatHex(options))
        .wholeOnly(WHOLE);
  }

  private static String cmu(String flags) {
    return "434d5500"
        + flags
        + "000000 01020304 01020305 01020306 00000000 01020307 01020308"
        + "01020309 0102030a"
        + "00".repeat(24);
  }

  private static Sample message(String name, String header, String file, String vendor) {
    byte[] message =
        start()
            .hex(header)
            .hex("020000000001")
            .zeros(10)
            .text("srv")
            .zeros(61)
            .bytes(Arrays.copyOf(start().text(file).toBytes(), 128))
            .hex(vendor)
            .toBytes();
    return ethernet(name, ipv4(17, udp(68, 67, message)));
  }
}
