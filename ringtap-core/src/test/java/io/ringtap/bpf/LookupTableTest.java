package io.ringtap.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.bpf.LookupTable.Range;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupTableTest {
  private static final int LARGE = 0xC0A8_0000; // negative as an int

  @Test
  void findsTheRangeOfANumberWithoutSign() {
    LookupTable.Builder builder = new LookupTable.Builder();
    int set =
        builder.add(
            List.of(
                new Range(5, 5, LookupTable.YES),
                new Range(10, 20, LookupTable.YES),
                new Range(LARGE, -1, LookupTable.YES)));
    int empty = builder.add(List.of());
    LookupTable table = builder.build();

    assertThat(List.of(5, 10, 15, 20, LARGE, LARGE + 1, -1))
        .allSatisfy(in -> assertThat(table.lookUp(in, set)).isEqualTo(LookupTable.YES));
    assertThat(List.of(0, 4, 6, 9, 21, Integer.MAX_VALUE, LARGE - 1))
        .allSatisfy(out -> assertThat(table.lookUp(out, set)).isEqualTo(LookupTable.NO));
    assertThat(table.lookUp(5, empty)).isEqualTo(LookupTable.NO);
  }

  @Test
  void goesOnFromStateToState() {
    LookupTable.Builder builder = new LookupTable.Builder();
    int second = builder.add(List.of(new Range(7, 7, LookupTable.YES)));
    int first = builder.add(List.of(new Range(1, 1, second), new Range(2, 3, LookupTable.YES)));
    LookupTable table = builder.build();

    assertThat(table.lookUp(7, table.lookUp(1, first))).isEqualTo(LookupTable.YES);
    assertThat(table.lookUp(8, table.lookUp(1, first))).isEqualTo(LookupTable.NO);
    assertThat(table.lookUp(8, table.lookUp(2, first))).isEqualTo(LookupTable.YES);
    assertThat(table.lookUp(7, table.lookUp(9, first))).isEqualTo(LookupTable.NO);
    assertThat(List.of(-1, Integer.MIN_VALUE, 4, 1000))
        .allSatisfy(none -> assertThat(table.lookUp(7, none)).isEqualTo(LookupTable.NO));
  }

  /// A program with look-ups has its table, and is not for the kernel.
  @Test
  void isNotForTheKernel() {
    List<BpfInstruction> instructions =
        List.of(
            new BpfInstruction(BpfOpcode.BPF_LD | BpfOpcode.BPF_IMM, 0, 0, 7),
            new BpfInstruction(BpfOpcode.BPF_ALU | BpfOpcode.BPF_LOOKUP, 0, 0, 2),
            new BpfInstruction(BpfOpcode.BPF_RET | BpfOpcode.BPF_A, 0, 0, 0));
    LookupTable.Builder builder = new LookupTable.Builder();
    int _ = builder.add(List.of(new Range(7, 7, LookupTable.YES)));
    BpfProgram program = new BpfProgram(instructions, builder.build());

    assertThat(program.looksUp()).isTrue();
    assertThat(program.toString()).contains("(001) lookup   #2");
    try (Arena arena = Arena.ofConfined()) {
      assertThat(
              new BpfInterpreter(program).run(arena.allocate(1), 0, 1, 1, new Ancillary(0, 0, 0)))
          .isEqualTo(1);
      assertThatThrownBy(() -> program.toSockFilters(arena))
          .hasMessageContaining("looks something up");
    }
    assertThatThrownBy(() -> new BpfProgram(instructions))
        .hasMessage("instruction 1: there is no opcode 0xb4");
  }
}
