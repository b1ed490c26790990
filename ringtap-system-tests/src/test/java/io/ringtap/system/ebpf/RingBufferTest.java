package io.ringtap.system.ebpf;

import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R4;
import static io.ringtap.ebpf.EbpfRegister.R6;
import static io.ringtap.ebpf.Width.BYTE;
import static io.ringtap.ebpf.Width.DOUBLE;
import static io.ringtap.ebpf.Width.WORD;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.ebpf.Arithmetic;
import io.ringtap.ebpf.Comparison;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.RingBuffer;
import io.ringtap.ebpf.kernel.TestRun;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testing.RequiresRoot;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Records from programs.
@RequiresRoot
class RingBufferTest {
  private static final int BYTES = 1 << 16;
  private static final int RECORD = 23; // bytes, so that all but one of eight are not aligned
  private static final int ROOM = BYTES / 32; // of records with their headers

  /// Counts in the frame's bytes 8 to 16, and copies its beginning into the buffer; returns what
  /// the helper does.
  private static EbpfProgram numbers() {
    return new EbpfAssembler()
        .load(WORD, R2, R1, 0)
        .load(WORD, R3, R1, 4)
        .move(R4, R2)
        .apply(Arithmetic.ADD, R4, RECORD)
        .move(R0, 1)
        .jumpIf(R4, Comparison.ABOVE, R3, "end")
        .load(DOUBLE, R6, R2, 8)
        .apply(Arithmetic.ADD, R6, 1)
        .store(DOUBLE, R2, 8, R6)
        .load(BYTE, R4, R2, 20)
        .store(DOUBLE, R10, -24, 0)
        .store(DOUBLE, R10, -16, R6)
        .store(DOUBLE, R10, -8, 0)
        .store(BYTE, R10, -4, R4)
        .move(R2, R10)
        .apply(Arithmetic.ADD, R2, -24)
        .map(R1, "records")
        .move(R3, RECORD)
        .move(R4, 0)
        .call(EbpfHelper.RINGBUF_OUTPUT)
        .label("end")
        .exit()
        .assemble();
  }

  private static LoadedProgram load(EbpfMap map) throws Exception {
    return LoadedProgram.load(numbers(), ProgramType.XDP, "numbers", Map.of("records", map));
  }

  @Test
  void showsEveryRecordInOrderRoundAndRound() throws Exception {
    try (EbpfMap map = EbpfMap.create(MapDefinition.ringBuffer("records", BYTES));
        LoadedProgram program = load(map);
        RingBuffer records = RingBuffer.open(map)) {
      assertThat(records.await(0)).isFalse();
      byte[] frame = new byte[60];
      frame[20] = 0x5a;
      long[] last = new long[1];

      for (int round = 0; round < 10; round++) {
        TestRun run = program.testRun(frame, ROOM / 2 + 100 * round);
        frame = run.packet();
        assertThat(run.result()).isZero();
        assertThat(records.await(1000)).isTrue();

        int shown =
            records.drain((memory, offset, length) -> {
              assertThat(length).isEqualTo(RECORD);
              assertThat(memory.get(JAVA_LONG_UNALIGNED, offset + 8)).isEqualTo(++last[0]);
              assertThat(memory.get(JAVA_BYTE, offset + 20)).isEqualTo((byte) 0x5a);
            });

        assertThat(shown).isEqualTo(ROOM / 2 + 100 * round);
        assertThat(records.drain((_, _, _) -> {})).isZero();
      }
    }
  }

  /// A full buffer keeps what it has, and the program gets an error.
  @Test
  void losesTheLatestWhenItIsFull() throws Exception {
    try (EbpfMap map = EbpfMap.create(MapDefinition.ringBuffer("records", BYTES));
        LoadedProgram program = load(map);
        RingBuffer records = RingBuffer.open(map)) {
      assertThat(program.testRun(new byte[60], 2 * ROOM).result()).isEqualTo(-11); // EAGAIN

      assertThat(records.drain((_, _, _) -> {})).isBetween(ROOM - 1, ROOM);
    }
  }

  @Test
  void givesTheRoomBackEvenIfTheHandlerThrows() throws Exception {
    try (EbpfMap map = EbpfMap.create(MapDefinition.ringBuffer("records", BYTES));
        LoadedProgram program = load(map);
        RingBuffer records = RingBuffer.open(map)) {
      TestRun _ = program.testRun(new byte[60], 3);

      assertThatThrownBy(() ->
              records.drain((_, _, _) -> {
                throw new IllegalStateException();
              }))
          .isInstanceOf(IllegalStateException.class);

      assertThat(records.drain((_, _, _) -> {})).isEqualTo(2);
    }
  }

  @Test
  void leavesNothingMapped() throws Exception {
    OpenDescriptors.assertNoneLeft(() -> {
      try (EbpfMap map = EbpfMap.create(MapDefinition.ringBuffer("records", BYTES))) {
        RingBuffer.open(map).close();
      }
      try (EbpfMap map = EbpfMap.create(MapDefinition.array("array", 4, 1))) {
        assertThatThrownBy(() -> RingBuffer.open(map).close())
            .hasMessage("the map array is no ring buffer");
      }
    });
  }
}
