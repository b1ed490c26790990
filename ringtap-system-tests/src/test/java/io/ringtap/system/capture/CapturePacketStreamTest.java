package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.PacketStream;
import io.ringtap.capture.RingShape;
import io.ringtap.packet.CapturedPacket;
import io.ringtap.system.FrameSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CapturePacketStreamTest extends CaptureLabTest {
  private static long sequence(CapturedPacket packet) {
    return ByteBuffer.wrap(packet.toArray()).getLong(FrameSender.SEQUENCE_OFFSET);
  }

  @ParameterizedTest
  @EnumSource(CaptureMode.class)
  void streamsAllPacketsInOrderAndEndsWithTheCapture(CaptureMode mode) throws IOException {
    Capture capture = lab.open(CaptureLab.options().withMode(mode));
    try (Stream<CapturedPacket> packets = PacketStream.of(capture, 10)) {
      sender.number(0, 1000);
      capture.stop();

      List<Long> seen = packets.map(CapturePacketStreamTest::sequence).toList();

      assertThat(seen).isEqualTo(LongStream.range(0, 1000).boxed().toList());
    }
  }

  @Test
  void aSlowConsumerMakesTheKernelCount() throws IOException {
    Capture capture = lab.open(CaptureLab.options().withRing(new RingShape(4096, 2, 1)));
    try (Stream<CapturedPacket> packets = PacketStream.of(capture, 1)) {
      sender.number(0, 10_000);
      assertThat(capture.counters().droppedByKernel()).isPositive();
      assertThat(packets.limit(5).map(CapturePacketStreamTest::sequence))
          .containsExactly(0L, 1L, 2L, 3L, 4L);
    } // closes though a thread waits for the consumer
    CaptureCounters closed = capture.counters();
    assertThat(closed.offered()).isEqualTo(10_000);
    assertThat(closed.waiting()).isZero();
    assertThatIllegalStateException().isThrownBy(() -> PacketStream.of(capture, 1));
  }

  @Test
  void needsRoomForAPacket() throws IOException {
    try (Capture capture = lab.open(CaptureLab.options())) {
      assertThatIllegalArgumentException().isThrownBy(() -> PacketStream.of(capture, 0));
    }
  }
}
