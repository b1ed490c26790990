package io.ringtap.system.print.link;

import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

class WirelessTest extends PrinterBeside {
  private static final String ADDRESSES = "020000000001 020000000002 020000000003 1000";
  private static final String FIXED = "0102030405060708 6400 3104"; // of beacons
  private static final String NAME = "0003 6c6162";
  private static final String RATES = "0108 82848b960c121824";
  private static final String CHANNEL = "0301 06";

  @Override
  protected List<String> flags() {
    return List.of("", "-v", "-e", "-e -v", "-q");
  }

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.addAll(management());
    samples.addAll(elements());
    samples.addAll(codes());
    samples.addAll(control());
    samples.addAll(data());
    return samples;
  }

  private static List<Sample> management() {
    List<Sample> samples = new ArrayList<>();
    String elements = NAME + RATES + CHANNEL;
    samples.add(frame("beacon", "8000", FIXED + elements + "0504 00010000 2a01 00"));
    samples.add(frame("beacon of no network", "8000", "0102030405060708 6400 0200" + elements));
    samples.add(frame("beacon without elements", "8000", FIXED));
    samples.add(frame("short beacon", "8000", "0102030405060708 6400"));
    samples.add(frame("probe", "4000", NAME + RATES));
    samples.add(frame("probe without a name", "4000", "0000" + RATES));
    samples.add(frame("probe of nothing", "4000", ""));
    samples.add(frame("probe response", "5008", FIXED + elements));
    samples.add(frame("association", "0000", "3104 0a00" + NAME + RATES));
    samples.add(frame("short association", "0000", "3104"));
    samples.add(frame("association response", "1000", "3104 0000 01c0" + RATES));
    samples.add(frame("open association response", "1000", "0100 1100 0000" + RATES));
    samples.add(frame("reassociation", "2000", "3104 0a00 020000000009" + NAME + RATES));
    samples.add(frame("reassociation response", "3000", "3104 0000 02c0"));
    samples.add(frame("protected", "b040", "010203 80 0000"));
    samples.add(frame("protected, short", "b040", "0102"));
    samples.add(frame("announcement", "9000", ""));
    samples.add(frame("unknown", "6000", "0102"));
    samples.add(frame("all flags", "80fc", FIXED + NAME));
    for (int algorithm = 0; algorithm <= 3; algorithm++) {
      for (int sequence = 1; sequence <= 4; sequence++) {
        String value = "%02x00 %02x00 0d00".formatted(algorithm, sequence);
        samples.add(frame("authentication " + value, "b000", value + "1003 616263"));
      }
    }
    for (int category : new int[] {0, 1, 2, 3, 4, 7, 13, 14, 15, 16, 127, 255}) {
      for (int action = 0; action <= 11; action++) {
        String value = "%02x%02x".formatted(category, action);
        samples.add(frame("action " + value, "d000", value));
      }
    }
    samples.add(frame("half an action", "d000", "03"));
    return samples;
  }

  private static List<Sample> elements() {
    List<Sample> samples = new ArrayList<>();
    for (String elements :
        List.of(
            NAME + "0003 616263" + RATES + "0101 02" + CHANNEL + "0301 07",
            "0100" + RATES,
            "0302 0102" + CHANNEL,
            "0406 010203040506" + CHANNEL,
            "0402 0102" + CHANNEL,
            "0502 0102" + CHANNEL,
            "0003 6c00ff" + CHANNEL,
            "0021" + "61".repeat(33) + CHANNEL,
            "0111" + "02".repeat(17) + CHANNEL,
            "10fd" + "61".repeat(253) + CHANNEL,
            "10fe" + "61".repeat(254) + CHANNEL,
            "05fe" + "61".repeat(254) + CHANNEL,
            "05ff" + "61".repeat(255) + CHANNEL,
            "ddff" + "61".repeat(255) + CHANNEL,
            NAME + "01",
            NAME + "0109 82",
            "0108 8284")) {
      String name = "elements " + elements.substring(0, Math.min(12, elements.length()));
      samples.add(frame(name, "8000", FIXED + elements));
    }
    return samples;
  }

  private static List<Sample> codes() {
    List<Sample> samples = new ArrayList<>();
    for (int code = 0; code <= 110; code++) {
      samples.add(frame("status " + code, "1000", "0100 %02x00 01c0".formatted(code)));
    }
    for (int code = 0; code <= 68; code++) {
      samples.add(frame("disassociation " + code, "a000", "%02x00".formatted(code)));
      samples.add(frame("deauthentication " + code, "c000", "%02x00".formatted(code)));
    }
    samples.add(frame("reason 256", "c000", "0001"));
    samples.add(frame("half a reason", "c000", "01"));
    return samples;
  }

  private static List<Sample> control() {
    List<Sample> samples = new ArrayList<>();
    for (int kind = 0; kind <= 15; kind++) {
      String control = "%02x08".formatted(kind << 4 | 4);
      samples.add(
          Sample.of(
              105,
              "control " + kind,
              start().hex(control + "3a01 020000000001 020000000002 0400 1002 0102").toBytes()));
    }
    samples.add(Sample.of(105, "reserved", start().hex("0c00 0000" + ADDRESSES).toBytes()));
    return samples;
  }

  private static List<Sample> data() {
    byte[] packet = ipv4(17, udp(5000, 6000, new byte[4]));
    String ip = "aaaa03 000000 0800" + HexFormat.of().formatHex(packet, 14, packet.length);
    List<Sample> samples = new ArrayList<>();
    for (int kind = 0; kind <= 15; kind++) {
      for (int direction = 0; direction <= 3; direction++) {
        String control = "%02x%02x".formatted(kind << 4 | 8, direction);
        String rest = (direction == 3 ? "020000000004" : "") + (kind >= 8 ? "0000" : "");
        samples.add(frame("data " + control, control, rest + ip));
      }
    }
    samples.add(frame("unknown service", "0801", "444503 010203"));
    samples.add(frame("unknown protocol", "0802", "aaaa03 123456 0800 0102"));
    samples.add(frame("protected data", "0842", "010203 80 0102030405"));
    samples.add(frame("protected data, short", "0842", "0102"));
    return samples;
  }

  private static Sample frame(String name, String control, String hex) {
    byte[] frame = start().hex(control + "3a01" + ADDRESSES).hex(hex).toBytes();
    return Sample.of(105, name, frame);
  }

  /// The bytes of a beacon, for what precedes it.
  static byte[] beacon() {
    return PacketBytes.fromHex("8000 3a01" + ADDRESSES + FIXED + NAME + RATES + CHANNEL);
  }
}
