package io.ringtap.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Frames;
import io.ringtap.testing.Allocation;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class InterpreterAllocationTest {
  private final BpfInterpreter interpreter =
      new BpfInterpreter(
          BpfProgram.parse(
              """
              ld [proto]
              jeq #0x800 jt 2 jf 11
              ldxb 4*([14]&0xf)
              ldh [x + 14]
              st M[0]
              ld [nla]
              ld [ifidx]
              ldx M[0]
              add x
              ld [-1048576]
              ret #1
              ret #0
              """));

  @Test
  void decidesOnPacketAfterPacketWithoutAllocating() {
    MemorySegment packet = Frames.hex("45".repeat(60));
    Ancillary ancillary = new Ancillary(0x0800, 0, 1);
    long[] executed = {0};

    int rounds =
        Allocation.assertNone(() -> {
          for (int i = 0; i < 5_000; i++) {
            ancillary.protocol(i % 4 == 0 ? 0x86DD : 0x0800).random(i).networkOffset(14);
            interpreter.run(packet, 0, 60, 60, ancillary);
            executed[0] += interpreter.executed();
          }
        });

    assertThat(executed[0]).isEqualTo(rounds * (3_750L * 11 + 1_250L * 3));
  }
}
