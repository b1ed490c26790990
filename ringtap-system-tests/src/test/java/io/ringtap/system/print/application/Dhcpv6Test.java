package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Dhcpv6Test extends PrinterBeside {
  private static final String HOST = "20010db8000000000000000000000001";
  private static final String WHOLE = "options are cut in the messages of a client and a relay";

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    String identifiers = option(1, "0001 0001 23456789 020000000001") + option(2, "0003 0001 0a0b");
    String address = option(5, HOST + "00000e10 00001c20" + option(13, "0000 6f6b"));
    String lease =
        identifiers
            + option(3, "00000001 00000708 00000b40" + address)
            + option(25, "00000002 00000000 00000000" + option(26, "00000e10 00001c20 38" + HOST))
            + option(6, "0017 0018 0100")
            + option(8, "0005")
            + option(14, "")
            + option(23, HOST + HOST)
            + option(24, "07 6578616d706c65 03 636f6d 00");
    samples.add(message("request", "03 123456" + lease));
    samples.add(
        message("relayed", relay("0c", option(18, "6574") + option(9, "01 000001" + lease))));
    for (int type = 0; type < 30; type++) {
      samples.add(message("message " + type, "%02x 012345".formatted(type)).wholeOnly(WHOLE));
    }
    options(samples);
    return samples;
  }

  /// Values of all lengths that matter, for all options.
  private static void options(List<Sample> samples) {
    List<String> values =
        List.of(
            "",
            "01",
            "05",
            "0b",
            "0102",
            "0009",
            "000b",
            "010203",
            "fffffffe",
            "0361626300",
            "0361626303646566",
            "0461626300 00",
            "0102030405060708",
            "000100012345",
            "0001000123456789 020000000001",
            "0002 00000009 01020304",
            "000201",
            "0003 0001 0200",
            "000301",
            HOST,
            HOST + HOST,
            "01" + HOST,
            "02" + HOST + option(7, "ff"),
            "0001 0010" + HOST,
            "0003 0007 036e747003617500",
            "0001 0002 0102",
            "0009 0001 00");
    for (int code = 0; code < 115; code++) {
      if (code == 21 || code == 24) {
        continue; // names, in which tcpdump follows pointers to elsewhere
      }
      StringBuilder all = new StringBuilder();
      for (String value : values) {
        all.append(option(code, value));
      }
      samples.add(message("option " + code, "01 012345" + all).wholeOnly(WHOLE));
    }
    String names = "0361626303646566 00 03616263 00";
    samples.add(
        message("names", "01 012345" + option(21, names) + option(24, "")).wholeOnly(WHOLE));
    String authenticated = "01 00 0102030405060708";
    for (String value :
        List.of(
            "02" + authenticated,
            "02" + authenticated + "01".repeat(19),
            "02" + authenticated + "01".repeat(20),
            "02" + authenticated + "abcd" + "02".repeat(20),
            "03" + authenticated + "01" + "03".repeat(16),
            "03" + authenticated + "02" + "03".repeat(16),
            "03" + authenticated + "03" + "03".repeat(16),
            "03" + authenticated + "01",
            "00 0201" + "09".repeat(8))) {
      samples.add(message("authentication", "01 012345" + option(11, value)).wholeOnly(WHOLE));
    }
    samples.add(
        message("no end of a name", "01 012345" + option(24, "0361626307")).wholeOnly(WHOLE));
    samples.add(
        message("time server too long", "01 012345" + option(56, "00010020" + HOST))
            .wholeOnly(WHOLE));
    samples.add(message("option too long", "01 012345 0001 0010 0001").wholeOnly(WHOLE));
    samples.add(
        message("inner option too long", "01 012345" + option(4, "00000001 0001 0010"))
            .wholeOnly(WHOLE));
    samples.add(
        message("inner message too short", relay("0d", option(9, "0102"))).wholeOnly(WHOLE));
  }

  @Test
  void readsOptionsInOptionsOnlySoDeep() {
    PacketBytes options = start();
    for (int left = 8000; left >= 8; left -= 8) {
      options.u16(4).u16(left - 4).u32(left);
    }

    String line = line("-v", message("", "01 012345").bytes());
    String deep =
        line(
            "-v",
            ipv6(17, udp(546, 547, start().hex("01 012345").bytes(options.toBytes()).toBytes())));

    assertThat(line).endsWith("dhcp6 solicit (xid=12345)\n");
    assertThat(deep).contains(" [too many options]").hasSizeLessThan(1000);
  }

  private static String option(int code, String value) {
    return "%04x %04x".formatted(code, fromHex(value).length) + value;
  }

  private static String relay(String type, String options) {
    return type + "01" + HOST + "fe800000000000000000000000000002" + options;
  }

  private static Sample message(String name, String hex) {
    return ethernet(name, ipv6(17, udp(546, 547, fromHex(hex))));
  }
}
