package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class NtpTest extends PrinterBeside {
  private static final String SERVER =
      "24010af0 00000100 00028000 47505300 e64f7a1b80000000 e64f7a1c00000000 e64f7a1d40000000 "
          + "e64f7a1dffffffff";
  private static final String CONTROL = "16820001061500070000000474657374";
  private static final int STRATUM = 1; // offsets
  private static final int POLL = 2;
  private static final int ROOT_DELAY = 4;
  private static final int REFERENCE_TIME = 16;
  private static final int ORIGIN_TIME = 24;

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (String first : List.of("00", "1c", "63", "a5", "e3", "25", "27", "1e", "0b", "21")) {
      samples.add(message("begins with " + first, changed(0, first)));
    }
    for (String stratum : List.of("00", "02", "0f", "10", "3e", "3f", "ff")) {
      samples.add(message("stratum " + stratum, changed(STRATUM, stratum)));
    }
    for (String poll : List.of("00", "1f", "20", "7f", "80", "e0", "e1", "ff")) {
      samples.add(message("poll " + poll, changed(POLL, poll + "7f")));
    }
    samples.add(message("delays", changed(ROOT_DELAY, "ffffffff 00010001")));
    for (String time :
        List.of(
            "0000000000000000",
            "0000000080000000",
            "7fffffff00000001",
            "83aa7e8040000000",
            "000000050fffffff",
            "ffffffff00000000",
            "4b3d3b0000000000",
            "bc17c20000000000")) {
      samples.add(message("reference time " + time, changed(REFERENCE_TIME, time)));
      samples.add(message("origin " + time, changed(ORIGIN_TIME, time + "0000000580000000")));
    }
    samples.add(message("equal times", changed(ORIGIN_TIME, "e64f7a1de64f7a1d e64f7a1de64f7a1d")));
    for (int more : new int[] {1, 4, 5, 12, 20, 21, 24, 25}) {
      samples.add(message(more + " more bytes", Arrays.copyOf(fromHex(SERVER), 48 + more)));
    }
    for (int length : new int[] {0, 3, 6, 7, 20, 47}) {
      samples.add(message(length + " bytes", Arrays.copyOf(fromHex(SERVER), length)));
    }
    for (String bits : List.of("00", "1f", "82", "c2", "a2")) {
      byte[] control = fromHex(CONTROL);
      control[1] = fromHex(bits)[0];
      samples.add(message("control " + bits, control));
    }
    for (int length : new int[] {8, 12, 13, 15, 17}) {
      samples.add(message("control, " + length, Arrays.copyOf(fromHex(CONTROL), length)));
    }
    samples.add(message("control, no data", fromHex("1602 0001 0000 0000 0000 0000")));
    return samples;
  }

  private static byte[] changed(int at, String hex) {
    byte[] message = fromHex(SERVER);
    byte[] bytes = fromHex(hex);
    System.arraycopy(bytes, 0, message, at, bytes.length);
    return message;
  }

  private static Sample message(String name, byte[] message) {
    return ethernet(name, ipv4(17, udp(123, 123, message)));
  }
}
