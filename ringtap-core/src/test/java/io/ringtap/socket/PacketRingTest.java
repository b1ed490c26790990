package io.ringtap.socket;

import static io.ringtap.linux.abi.packet.IfPacket.PACKET_HOST;
import static io.ringtap.linux.abi.packet.IfPacket.PACKET_OUTGOING;
import static io.ringtap.linux.abi.packet.IfPacket.TP_STATUS_CSUMNOTREADY;
import static io.ringtap.linux.abi.packet.IfPacket.TP_STATUS_KERNEL;
import static io.ringtap.linux.abi.packet.IfPacket.TP_STATUS_USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringtap.packet.Direction;
import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketRingTest {
  private static final int BLOCKS = 3;

  private final TestRing kernel = new TestRing(BLOCKS, 4096);
  private final PacketRing ring = new PacketRing(kernel.memory(), BLOCKS);
  private final List<String> seen = new ArrayList<>();

  private static TestRing.Packet packet(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new TestRing.Packet(0x0800, PACKET_HOST, 0, 1, MemorySegment.ofArray(bytes));
  }

  private void see(Frame packet) {
    byte[] bytes =
        packet.memory().asSlice(packet.offset(), packet.caplen()).toArray(ValueLayout.JAVA_BYTE);
    seen.add(new String(bytes, StandardCharsets.US_ASCII));
  }

  @Test
  void showsPacketsInOrderThenReturnsTheBlock() {
    kernel.handOver(0, packet("first"), packet("second, longer"), packet("3"));

    int shown = ring.drain(this::see);

    assertThat(shown).isEqualTo(3);
    assertThat(seen).containsExactly("first", "second, longer", "3");
    assertThat(kernel.status(0)).isEqualTo(TP_STATUS_KERNEL);
  }

  @Test
  void waitsWhileTheKernelOwnsTheBlock() {
    kernel.handOver(1, packet("not yet its turn"));

    assertThat(ring.drain(this::see)).isZero();

    assertThat(seen).isEmpty();
    assertThat(kernel.status(1)).isEqualTo(TP_STATUS_USER);
    kernel.handOver(0, packet("first"));
    assertThat(ring.drain(this::see)).isOne();
    assertThat(ring.drain(this::see)).isOne();
    assertThat(seen).containsExactly("first", "not yet its turn");
  }

  @Test
  void goesRoundTheRing() {
    for (int i = 0; i < 3 * BLOCKS; i++) {
      kernel.handOver(i % BLOCKS, packet("packet " + i));
      assertThat(ring.drain(this::see)).isOne();
    }

    assertThat(seen).hasSize(3 * BLOCKS).first().isEqualTo("packet 0");
    assertThat(seen).last().isEqualTo("packet 8");
    assertThat(ring.drain(this::see)).isZero();
  }

  @Test
  void returnsTheBlockEvenWhenTheHandlerThrows() {
    kernel.handOver(0, packet("bad"), packet("never seen"));
    kernel.handOver(1, packet("next"));
    PacketHandler failing =
        _ -> {
          throw new IllegalStateException();
        };

    assertThatIllegalStateException().isThrownBy(() -> ring.drain(failing));

    assertThat(kernel.status(0)).isEqualTo(TP_STATUS_KERNEL);
    assertThat(ring.drain(this::see)).isOne();
    assertThat(seen).containsExactly("next");
  }

  @Test
  void returnsAnEmptyBlockAndGoesOn() {
    kernel.handOver(0);
    kernel.handOver(1, packet("next"));

    int shown = ring.drain(this::see);

    assertThat(shown).isZero();
    assertThat(kernel.status(0)).isEqualTo(TP_STATUS_KERNEL);
    assertThat(ring.drain(this::see)).isOne();
    assertThat(seen).containsExactly("next");
  }

  @Test
  void showsWhatTheKernelSaysOfAPacket() {
    MemorySegment bytes = MemorySegment.ofArray(new byte[60]);
    kernel.handOver(
        0,
        new TestRing.Packet(
            0x86dd, PACKET_OUTGOING, TP_STATUS_CSUMNOTREADY, 4_000_000_000_999_999_999L, bytes));

    int shown =
        ring.drain(packet -> {
          assertThat(packet.protocol()).isEqualTo(0x86dd);
          assertThat(packet.direction()).isEqualTo(Direction.OUTGOING);
          assertThat(packet.isChecksumMissing()).isTrue();
          assertThat(packet.epochNanos()).isEqualTo(4_000_000_000_999_999_999L);
          assertThat(packet.origlen()).isEqualTo(60);
        });

    assertThat(shown).isOne();
  }
}
