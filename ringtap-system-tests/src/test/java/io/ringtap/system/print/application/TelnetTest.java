package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.tcp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.ArrayList;
import java.util.List;

class TelnetTest extends PrinterBeside {
  private static final String WHOLE = "another segment is cut, this differs in a number";

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (String hex :
        List.of(
            "",
            "414243",
            "fffd18 fffd20 fffb03 fffc01 fffe1f",
            "fff6",
            "ffff fffd01",
            "41 fffd01",
            "fffd01 41 fffd03",
            "ff",
            "fffd",
            "fffa",
            "fffa18",
            "fffa1800",
            "fffa18 01 fff0",
            "fffa1801",
            "fffa1801ff",
            "fffa18 00 787465726d fff0 41",
            "fffa18 fff0",
            "fffaff 01 fff0",
            "fffa18 01fff0 fffb01",
            "fffa18 01fffff0 aafff0",
            "fffa1f 0050 0018 fff0",
            "fffa27 00 00 5500 01 fff0",
            "fffa25 01 02 030400 fff0",
            "fffa26 01 02 030400 fff0",
            "fffd01 fffa18",
            "fffd01 fffa1801")) {
      samples.add(segment(hex));
    }
    for (int command = 230; command < 256; command++) {
      samples.add(segment("ff%02x 01".formatted(command)).wholeOnly(WHOLE));
    }
    for (int option = 0; option < 256; option += option < 48 ? 1 : 9) {
      samples.add(segment("fffd%02x".formatted(option)).wholeOnly(WHOLE));
    }
    for (int option : List.of(1, 37, 38)) {
      for (int value = 0; value < 20; value++) {
        samples.add(segment("fffa%02x %02x fff0".formatted(option, value)).wholeOnly(WHOLE));
        samples.add(segment("fffa%02x 00 %02x fff0".formatted(option, value)).wholeOnly(WHOLE));
      }
    }
    return samples;
  }

  private static Sample segment(String hex) {
    return ethernet(hex, ipv4(6, tcp(40000, 23, 1, 1, 0x18, "", fromHex(hex))));
  }
}
