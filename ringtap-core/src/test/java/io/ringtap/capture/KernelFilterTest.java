package io.ringtap.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.Verdict;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.packet.Frame;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KernelFilterTest {
  private static final int LOOPBACK = 1;
  private static final int[] SNAPLENS = {1, 60, 1500, Frame.MAX_SNAPLEN};
  private static final MemorySegment PACKET = MemorySegment.ofArray(new byte[2000]);

  /// Programs that keep all, keep some, drop, compute what they keep, and rely on A and X being
  /// zero.
  private static List<@Nullable BpfProgram> programs() {
    List<@Nullable BpfProgram> programs = new ArrayList<>();
    programs.add(null);
    programs.add(new BpfAssembler().ret(BpfAssembler.KEEP_ALL).assemble());
    programs.add(new BpfAssembler().ret(100).assemble());
    programs.add(new BpfAssembler().ret(0).assemble());
    programs.add(new BpfAssembler().ldLength().retA().assemble());
    programs.add(new BpfAssembler().ldImmediate(-1).retA().assemble());
    programs.add(new BpfAssembler().ldImmediate(61).retA().assemble());
    programs.add(new BpfAssembler().retA().assemble());
    programs.add(new BpfAssembler().addX().retA().assemble());
    programs.add(new BpfAssembler().txa().add(70).retA().assemble());
    programs.add(
        new BpfAssembler()
            .ldLength()
            .jgt(1000, BpfAssembler.NEXT, "other")
            .retA()
            .bind("other")
            .ldImmediate(7)
            .retA()
            .assemble());
    return programs;
  }

  @Test
  void passesTheRightDirectionsOfWhatTheUserWantsUpToTheSnaplen() {
    for (BpfProgram program : programs()) {
      for (Traffic traffic : Traffic.values()) {
        for (int loopback : new int[] {0, LOOPBACK}) {
          for (int snaplen : SNAPLENS) {
            BpfProgram whole = KernelFilter.of(program, traffic, loopback, snaplen);
            for (int type = IfPacket.PACKET_HOST; type <= IfPacket.PACKET_OUTGOING; type++) {
              for (int index = 1; index <= 2; index++) {
                Ancillary packet = new Ancillary(0x0800, type, index);
                long expected = expected(program, traffic, loopback, snaplen, packet, type, index);
                long kept = whole == null ? snaplen : run(whole, packet);
                assertThat(kept)
                    .as("%s %s %d %d: %d on %d", program, traffic, loopback, snaplen, type, index)
                    .isEqualTo(expected);
              }
            }
          }
        }
      }
    }
  }

  private static long expected(
      @Nullable BpfProgram program,
      Traffic traffic,
      int loopback,
      int snaplen,
      Ancillary packet,
      int type,
      int index) {
    boolean leaves = type == IfPacket.PACKET_OUTGOING;
    boolean isWanted =
        switch (traffic) {
          case IN -> !leaves;
          case OUT -> leaves;
          case INOUT -> !(leaves && loopback != 0 && index == loopback);
        };
    long kept = program == null ? snaplen : run(program, packet);
    return isWanted ? Math.min(kept, snaplen) : 0;
  }

  private static long run(BpfProgram program, Ancillary packet) {
    return Integer.toUnsignedLong(Verdict.of(program, PACKET, packet));
  }

  @Test
  void passesWhatHasATagInTheFrame() {
    BpfProgram none = new BpfAssembler().ret(0).assemble();
    BpfProgram all = new BpfAssembler().retA().assemble(); // A begins with 0

    for (int type : new int[] {IfPacket.PACKET_HOST, IfPacket.PACKET_OUTGOING}) {
      for (int protocol : new int[] {0x8100, 0x88A8, 0x0800, 0x9100}) {
        Ancillary packet = new Ancillary(protocol, type, 1);
        long expected = protocol == 0x8100 || protocol == 0x88A8 ? 60 : 0;

        assertThat(run(KernelFilter.withTagged(none, Traffic.INOUT, 0, 60), packet))
            .isEqualTo(expected);
        assertThat(run(KernelFilter.withTagged(all, Traffic.INOUT, 0, 60), packet))
            .isEqualTo(expected);
        assertThat(run(KernelFilter.withTagged(none, Traffic.OUT, 0, 60), packet))
            .isEqualTo(type == IfPacket.PACKET_OUTGOING ? expected : 0);
      }
    }
  }

  @Test
  void isNotNeededWhereAllIsWanted() {
    assertThat(KernelFilter.of(null, Traffic.INOUT, 0, Frame.MAX_SNAPLEN)).isNull();
    assertThat(KernelFilter.of(null, Traffic.INOUT, 0, 96)).isNotNull();
  }
}
