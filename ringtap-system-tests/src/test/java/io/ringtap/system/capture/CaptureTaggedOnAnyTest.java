package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.filter.PacketFilter;
import io.ringtap.packet.LinkType;
import io.ringtap.system.FrameSender;
import io.ringtap.system.capture.CaptureLab.Seen;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// On `any`, a filter selects the same packets live as in the file of all, also those with VLAN
/// tags in the frame, which the kernel shows a filter otherwise than it reports them.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureTaggedOnAnyTest extends CaptureLabTest {
  private static final String ADDRESSES = "0200000000ff020000000001";
  private static final String PACKET =
      "45000020000000004011a0c6010203040506070800090009000c0000" + "00000000";

  /// Untagged, with a tag, with two and with three.
  private static final List<byte[]> FRAMES =
      List.of(
          frame("0800"),
          frame("8100 0064 0800"),
          frame("88a8 0064 0800"),
          frame("88a8 0064 8100 00c8 0800"),
          frame("8100 0064 8100 00c8 8100 012c 0800"));

  private static byte[] frame(String types) {
    return HexFormat.of().parseHex(ADDRESSES + types.replace(" ", "") + PACKET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RING | vlan 100                               | 4 | 4
          RECV | vlan 100                               | 4 | 4
          RING | vlan 100 and vlan 200                  | 2 | 0
          RECV | vlan 100 and vlan 200                  | 2 | 0
          RING | vlan and vlan and vlan 300 and port 9  | 1 | 0
          RING | vlan and port 9                        | 2 | 4
          RECV | vlan and port 9                        | 2 | 4
          RING | port 9                                 | 1 | 1
          RING | not vlan                               | 1 | 1
          """)
  void aFilterSelectsTheSameLiveAsInTheFile(
      CaptureMode mode, String expression, int arriving, int departing) throws Exception {
    CaptureOptions all = CaptureOptions.on("any").withMode(mode);
    CaptureOptions some = all.withFilter(CaptureFilter.expression(expression));

    List<Seen> everything = lab.capture(all, this::send);
    List<Seen> live = lab.capture(some, this::send);

    PacketFilter filter = PacketFilter.of(expression, LinkType.LINUX_SLL2);
    List<List<Byte>> inFile =
        everything.stream().map(Seen::frame).filter(frame -> filter.matches(bytes(frame))).toList();
    assertThat(live.stream().map(Seen::frame)).containsExactlyElementsOf(inFile);
    assertThat(live.stream().filter(seen -> !seen.direction().equals("OUTGOING")))
        .hasSize(arriving);
    assertThat(live.stream().filter(seen -> seen.direction().equals("OUTGOING")))
        .hasSize(departing);
  }

  private static byte[] bytes(List<Byte> frame) {
    byte[] bytes = new byte[frame.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = frame.get(i);
    }
    return bytes;
  }

  private void send() throws IOException {
    try (FrameSender leaving = FrameSender.on(lab.near())) {
      for (byte[] frame : FRAMES) {
        sender.send(frame);
        leaving.send(frame);
      }
    }
  }
}
