package io.ringtap.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class FrameCheckTest {
  private static final FrameCheck ETHERNET = new FrameCheck(LinkType.ETHERNET, 14, 1500, true);
  private static final FrameCheck LOOPBACK = new FrameCheck(LinkType.ETHERNET, 14, 1500, false);
  private static final FrameCheck TUN = new FrameCheck(LinkType.RAW, 0, 1500, false);

  private static Frame frame(LinkType linkType, int bytes) {
    return Frame.of(linkType, new byte[bytes]);
  }

  private static Frame tagged(int bytes, int tpid) {
    byte[] frame = new byte[bytes];
    frame[12] = (byte) (tpid >> 8);
    frame[13] = (byte) tpid;
    return Frame.of(LinkType.ETHERNET, frame);
  }

  @Test
  void takesWhatIsAsLongAsTheMtuAllowsAndNoLonger() {
    assertThat(ETHERNET.refusal(frame(LinkType.ETHERNET, 14))).isNull();
    assertThat(ETHERNET.refusal(frame(LinkType.ETHERNET, 1514))).isNull();
    assertThat(ETHERNET.refusal(frame(LinkType.ETHERNET, 1515))).isEqualTo(Refusal.TOO_LONG);
    assertThat(TUN.refusal(frame(LinkType.RAW, 1500))).isNull();
    assertThat(TUN.refusal(frame(LinkType.RAW, 1501))).isEqualTo(Refusal.TOO_LONG);
  }

  @Test
  void makesRoomForAVlanTagAsTheKernelDoes() {
    assertThat(ETHERNET.refusal(tagged(1518, 0x8100))).isNull();
    assertThat(ETHERNET.refusal(tagged(1519, 0x8100))).isEqualTo(Refusal.TOO_LONG);
    assertThat(ETHERNET.refusal(tagged(1518, 0x88A8))).isEqualTo(Refusal.TOO_LONG);
    assertThat(LOOPBACK.refusal(tagged(1518, 0x8100))).isEqualTo(Refusal.TOO_LONG);
    assertThat(ETHERNET.longest()).isEqualTo(1518);
    assertThat(LOOPBACK.longest()).isEqualTo(1514);
  }

  @Test
  void refusesWhatHasNoWholeLinkHeader() {
    assertThat(ETHERNET.refusal(frame(LinkType.ETHERNET, 13))).isEqualTo(Refusal.TOO_SHORT);
    assertThat(ETHERNET.refusal(frame(LinkType.ETHERNET, 0))).isEqualTo(Refusal.TOO_SHORT);
    assertThat(TUN.refusal(frame(LinkType.RAW, 0))).isEqualTo(Refusal.TOO_SHORT);
    assertThat(TUN.refusal(frame(LinkType.RAW, 1))).isNull();
  }

  @Test
  void refusesWhatWasCutOff() {
    MemorySegment memory = MemorySegment.ofArray(new byte[100]);
    Frame cut = new MemoryFrame(LinkType.ETHERNET, memory, 0, 60, 61, 0, 0);
    Frame whole = new MemoryFrame(LinkType.ETHERNET, memory, 0, 60, 60, 0, 0);
    Frame longerThanClaimed = new MemoryFrame(LinkType.ETHERNET, memory, 0, 60, 59, 0, 0);

    assertThat(ETHERNET.refusal(cut)).isEqualTo(Refusal.CUT);
    assertThat(ETHERNET.refusal(whole)).isNull();
    assertThat(ETHERNET.refusal(longerThanClaimed)).isNull();
  }

  @Test
  void refusesFramesOfAnotherLinkType() {
    assertThat(ETHERNET.refusal(frame(LinkType.LINUX_SLL, 60))).isEqualTo(Refusal.LINK_TYPE);
    assertThat(ETHERNET.refusal(frame(LinkType.RAW, 60))).isEqualTo(Refusal.LINK_TYPE);
    assertThat(TUN.refusal(frame(LinkType.ETHERNET, 60))).isEqualTo(Refusal.LINK_TYPE);
    assertThat(TUN.refusal(frame(LinkType.NULL, 60))).isEqualTo(Refusal.LINK_TYPE);
    assertThat(TUN.refusal(frame(LinkType.IPV4, 60))).isNull();
    assertThat(TUN.refusal(frame(LinkType.IPV6, 60))).isNull();
  }
}
