package io.ringtap.trace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.testing.Allocation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Writing a probe and reading its answer makes no object.
class NoAllocationTest {
  private static final IpAddress SOURCE = IpAddress.parse("192.0.2.1");
  private static final IpAddress TARGET = IpAddress.parse("198.51.100.7");
  private static final int PROBES = 2000;

  @ParameterizedTest
  @ValueSource(ints = {IpProtocol.ICMP, IpProtocol.UDP, IpProtocol.TCP})
  void packetAndParserAllocateNothing(int protocol) {
    ProbeIdentity identity = new ProbeIdentity(protocol, 61_056, 0x1234_5678, 33_434);
    ProbePacket packet = new ProbePacket(identity, 0, Arena.ofAuto());
    AnswerParser parser = new AnswerParser(identity, false);
    MemorySegment message = Arena.ofAuto().allocate(128);
    Answer copy = new Answer();
    long[] answers = {0};

    int rounds =
        Allocation.assertNone(() -> {
          for (int i = 1; i <= PROBES; i++) {
            packet.write(SOURCE, TARGET, 1 + i % 30, i % 64, i);
            IcmpHeader.writeError(message, 0, IcmpType.TIME_EXCEEDED, 0, 0);
            MemorySegment.copy(packet.memory(), 0, message, IcmpHeader.BYTES, packet.length());
            parser.begin(0, TARGET.low(), 63, i);
            if (parser.icmp(message, 0, (long) IcmpHeader.BYTES + packet.length())) {
              copy.copy(parser.answer());
              answers[0] += copy.number == i && copy.isOf(TARGET) ? 1 : 0;
            }
          }
        });

    assertThat(answers[0]).isEqualTo((long) rounds * PROBES);
  }
}
