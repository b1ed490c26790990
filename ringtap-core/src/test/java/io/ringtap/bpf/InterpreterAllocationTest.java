package io.ringtap.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringtap.packet.Frames;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class InterpreterAllocationTest {
  private static final int ROUNDS = 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
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
    long least = Long.MAX_VALUE;
    long executed = 0;

    // The compiler replaces the method meanwhile, on this thread's account: the best round counts.
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 5_000; i++) {
        ancillary.protocol(i % 4 == 0 ? 0x86DD : 0x0800).random(i).networkOffset(14);
        interpreter.run(packet, 0, 60, 60, ancillary);
        executed += interpreter.executed();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(least).isZero();
    assertThat(executed).isEqualTo(ROUNDS * (3_750L * 11 + 1_250L * 3));
  }
}
