package io.ringtap.capture;

import static io.ringtap.linux.abi.packet.IfPacket.PACKET_HOST;
import static io.ringtap.linux.abi.packet.IfPacket.PACKET_OUTGOING;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.socket.PacketRing;
import io.ringtap.socket.TestRing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which of the kernel's packets a ring shows.
class UserSpaceFilterTest {
  private static final BpfProgram INCOMING =
      new BpfAssembler()
          .ldPacketType()
          .jeq(PACKET_OUTGOING, "drop", BpfAssembler.NEXT)
          .ret(BpfAssembler.KEEP_ALL)
          .bind("drop")
          .ret(0)
          .assemble();

  private final TestRing kernel = new TestRing(1, 4096);
  private final PacketRing ring = new PacketRing(kernel.memory(), 1);
  private final List<Integer> lengths = new ArrayList<>();

  private static TestRing.Packet packet(int packetType, int length) {
    return new TestRing.Packet(0x0800, packetType, 0, 1, MemorySegment.ofArray(new byte[length]));
  }

  private void drain() {
    int _ = ring.drain(packet -> lengths.add(packet.caplen()));
  }

  @Test
  void showsWhatPassesByWhatTheKernelTellsBesideTheFrame() {
    ring.filter(new UserSpaceFilter(INCOMING, false, false));
    kernel.handOver(0, packet(PACKET_HOST, 1), packet(PACKET_OUTGOING, 2), packet(PACKET_HOST, 3));

    drain();

    assertThat(lengths).containsExactly(1, 3);
    assertThat(ring.shown()).isEqualTo(2);
    assertThat(ring.rejected()).isOne();
  }

  @Test
  void cutsOffWhatTheProgramDoesNotKeep() {
    ring.filter(new UserSpaceFilter(new BpfAssembler().ret(2).assemble(), false, false));
    kernel.handOver(0, packet(PACKET_HOST, 1), packet(PACKET_HOST, 3));

    drain();

    assertThat(lengths).containsExactly(1, 2);
  }

  /// Restored packets of `LINUX_SLL2`: each begins with its protocol.
  @Test
  void goesOnWithTaggedPackets() {
    BpfProgram second = BpfProgram.parse("ldb [21]\nret"); // of the tag's identifier
    UserSpaceFilter filter = new UserSpaceFilter(second, true, true);
    MemorySegment memory = Arena.ofAuto().allocate(256, 8);
    int frame = 128;
    Tpacket3Hdr.write(memory, 0, 0, 24, 24, 0, frame, 0, 0);

    assertThat(filter.passesRestored(memory, 0)).isFalse();
    filter.endAfter(1);
    assertThat(filter.passesRestored(memory, 0)).isFalse();
    assertThat(filter.passesRestored(memory, 0)).isTrue();

    NetworkOrder.unsignedShort(memory, frame, 0x88A8);
    assertThat(filter.passesRestored(memory, 0)).isFalse();
    Tpacket3Hdr.write(memory, 0, 0, 24, 24, 0, frame, 0, 0); // which a program that keeps 0 cuts
    NetworkOrder.unsignedShort(memory, frame + 20, 24);
    assertThat(filter.passesRestored(memory, 0)).isTrue();
    assertThat(filter.isOver()).isFalse();
  }

  @Test
  void isGoneAfterThePacketsThatItWasFor() {
    UserSpaceFilter filter = new UserSpaceFilter(INCOMING, false, false);
    ring.filter(filter);
    kernel.handOver(0, packet(PACKET_OUTGOING, 1));
    drain();
    assertThat(ring.filter()).isSameAs(filter);

    filter.endAfter(2);
    kernel.handOver(0, packet(PACKET_OUTGOING, 1));
    drain();
    assertThat(ring.filter()).isSameAs(filter);
    kernel.handOver(0, packet(PACKET_OUTGOING, 1));
    drain();
    assertThat(ring.filter()).isNull();
    assertThat(lengths).isEmpty();

    kernel.handOver(0, packet(PACKET_OUTGOING, 4));
    drain();
    assertThat(lengths).containsExactly(4);
  }
}
