package io.ringtap.testnet.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.packet.CapturedPacket;
import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@RequiresRoot
class EchoTrafficTest {
  private static final int IP = 14;
  private static final int ICMP = 34;
  private static final int FRAMES = 2_000;
  private static final int BYTES = 98;

  @Test
  void arrivesAsWholeRepliesWhoseSourcesAndIdentifiersTakeTurns() throws Exception {
    try (NetworkNamespace here = NetworkNamespace.create("here");
        NetworkNamespace there = NetworkNamespace.create("there")) {
      Link link = VethPair.create(here, "in0", there, "out0").a().address("10.9.0.1/24");
      EchoTraffic traffic =
          new EchoTraffic(true, link.mac(), "10.9.0.1", "10.128.0.0", 500, 65_000, 1_000);
      CaptureOptions options = CaptureOptions.on("in0");
      List<CapturedPacket> seen = Collections.synchronizedList(new ArrayList<>());
      try (Capture capture = here.call(() -> Capture.open(options))) {
        capture.start(_ -> packet -> seen.add(packet.copy()), _ -> {});
        try (RunningLoad load =
            FrameLoad.on(link).echo(traffic).size(BYTES).frames(FRAMES).start()) {
          load.await();
        }
        capture.stop();
        capture.await();
      }

      Set<Integer> sources = new HashSet<>();
      Set<Integer> identifiers = new HashSet<>();
      int echoes = 0;
      for (CapturedPacket packet : seen) {
        MemorySegment frame = MemorySegment.ofArray(packet.toArray());
        if (packet.origlen() != BYTES || Ipv4Header.protocol(frame, IP) != IpProtocol.ICMP) {
          continue; // the namespace's own neighbour discovery
        }
        echoes++;
        assertThat(Ipv4Header.check(frame, IP, BYTES)).isNull();
        assertThat(Ipv4Header.isChecksumValid(frame, IP)).isTrue();
        assertThat(Checksum.isValid(Checksum.sum(frame, ICMP, BYTES - ICMP))).isTrue();
        assertThat(IcmpHeader.type(frame, ICMP)).isEqualTo(IcmpType.ECHO_REPLY);
        sources.add(Ipv4Header.source(frame, IP));
        identifiers.add(IcmpHeader.identifier(frame, ICMP));
      }
      assertThat(echoes).isEqualTo(FRAMES);
      assertThat(sources).hasSize(500).contains(0x0a800000, 0x0a8001f3);
      assertThat(identifiers).hasSize(1_000).contains(65_000, 65_535, 0, 463).doesNotContain(464);
    }
  }

  @Test
  void refusesWhatNoFrameCouldShow() {
    assertThatThrownBy(() -> new EchoTraffic(true, "", "10.9.0.1", "10.0.0.0", 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EchoTraffic(true, "", "10.9.0.1", "10.0.0.0", 1, 65_536, 1))
        .hasMessage("no identifier: 65536");
    assertThatThrownBy(() -> new EchoTraffic(true, "", "::1", "10.0.0.0", 1, 0, 1))
        .hasMessage("not an IPv4 address: ::1");
  }
}
