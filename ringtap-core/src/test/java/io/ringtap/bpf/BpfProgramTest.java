package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BpfProgramTest {
  private static final BpfInstruction RETURN = new BpfInstruction(BPF_RET | BPF_K, 0, 0, 0);

  /// `tcpdump -y EN10MB -ddd 'icmp[icmptype]==icmp-echoreply'`, libpcap 1.10.3.
  private static final String ECHO_REPLIES_NUMBERS =
      """
      40 0 0 12
      21 0 8 2048
      48 0 0 23
      21 0 6 1
      40 0 0 20
      69 4 0 8191
      177 0 0 14
      80 0 0 14
      21 0 1 0
      6 0 0 262144
      6 0 0 0
      """;

  /// The same with `-d`.
  private static final String ECHO_REPLIES_TEXT =
      """
      (000) ldh      [12]
      (001) jeq      #0x800           jt 2\tjf 10
      (002) ldb      [23]
      (003) jeq      #0x1             jt 4\tjf 10
      (004) ldh      [20]
      (005) jset     #0x1fff          jt 10\tjf 6
      (006) ldxb     4*([14]&0xf)
      (007) ldb      [x + 14]
      (008) jeq      #0x0             jt 9\tjf 10
      (009) ret      #262144
      (010) ret      #0\
      """;

  @Test
  void printsAProgramAsTcpdumpDoes() {
    BpfProgram program = read(ECHO_REPLIES_NUMBERS);

    assertThat(program).hasToString(ECHO_REPLIES_TEXT);
  }

  /// Lines of `tcpdump -d` for `vlan 5 and ifindex 1` on a live interface and for arithmetic on an
  /// Ethernet savefile, libpcap 1.10.3.
  @Test
  void printsEveryKindOfOperandAsTcpdumpDoes() {
    BpfProgram program =
        read(
            """
            48 0 0 4294963248
            48 0 0 4294963244
            40 0 0 4294963204
            32 0 0 4294963208
            32 0 0 4294963200
            128 0 0 0
            5 0 0 0
            2 0 0 7
            7 0 0 0
            96 0 0 7
            44 0 0 0
            20 0 0 5
            132 0 0 0
            29 0 1 0
            100 0 0 2
            84 0 0 4095
            164 0 0 5
            148 0 0 3
            3 0 0 2
            135 0 0 0
            22 0 0 0
            """);

    assertThat(program.toString().lines().map(line -> line.substring(6)))
        .containsExactly(
            "ldb      [vlanp]",
            "ldb      [vlan_tci]",
            "ldh      [type]",
            "ld       [ifidx]",
            "ld       [proto]",
            "ld       #pktlen",
            "ja       7",
            "st       M[7]",
            "tax      ",
            "ld       M[7]",
            "mul      x",
            "sub      #5",
            "neg      ",
            "jeq      x                jt 14\tjf 15",
            "lsh      #2",
            "and      #0xfff",
            "xor      #0x5",
            "mod      #3",
            "stx      M[2]",
            "txa      ",
            "ret      ");
  }

  @Test
  void laysInstructionsOutAsTheKernelReadsThem() {
    BpfProgram program =
        new BpfProgram(
            List.of(
                new BpfInstruction(BPF_JMP | BPF_JSET | BPF_K, 1, 0, 0xCAFE_F00D), RETURN, RETURN));
    ByteBuffer expected =
        ByteBuffer.allocate(24)
            .order(ByteOrder.nativeOrder())
            .putShort((short) 0x45)
            .put((byte) 1)
            .put((byte) 0)
            .putInt(0xCAFE_F00D)
            .putLong(8, returnInNativeOrder())
            .putLong(16, returnInNativeOrder());

    try (Arena arena = Arena.ofConfined()) {
      MemorySegment filters = program.toSockFilters(arena);

      assertThat(filters.mismatch(MemorySegment.ofArray(expected.array()))).isEqualTo(-1);
      assertThat(filters.address() % 4).isZero();
    }
  }

  @Test
  void refusesWhatTheKernelRefuses() {
    assertRefused("a program has at least one instruction");
    assertRefused("the last instruction is not a return", instruction(BPF_MISC | BPF_TAX, 0));
    assertRefused("instruction 0: there is no opcode 0xff", instruction(0xFF, 0), RETURN);
    assertRefused(
        "instruction 1: jumps out of the program",
        RETURN,
        new BpfInstruction(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0),
        RETURN);
    assertRefused(
        "instruction 0: jumps out of the program", instruction(BPF_JMP | BPF_JA, 1), RETURN);
    assertRefused(
        "instruction 1: jumps out of the program",
        RETURN,
        instruction(BPF_JMP | BPF_JA, -3),
        RETURN);
    assertRefused(
        "instruction 0: division by zero", instruction(BPF_ALU | BPF_DIV | BPF_K, 0), RETURN);
    assertRefused(
        "instruction 0: division by zero", instruction(BPF_ALU | BPF_MOD | BPF_K, 0), RETURN);
    assertRefused(
        "instruction 0: a shift by 32", instruction(BPF_ALU | BPF_RSH | BPF_K, 32), RETURN);
    assertRefused("instruction 0: no scratch word 16", instruction(BPF_ST, 16), RETURN);
    assertRefused(
        "instruction 0: no scratch word 4294967295", instruction(BPF_LDX | BPF_MEM, -1), RETURN);
    assertRefused(
        "instruction 0: no ancillary load at offset -1",
        instruction(BPF_LD | BPF_B | BPF_ABS, -1),
        RETURN);
    assertRefused(
        "instruction 3: M[2] may not have been written before",
        new BpfInstruction(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0),
        instruction(BPF_ST, 1),
        instruction(BPF_STX, 3),
        instruction(BPF_LD | BPF_MEM, 2),
        RETURN);
  }

  @Test
  void acceptsTheLongestJumps() {
    BpfInstruction[] instructions = new BpfInstruction[257];
    Arrays.fill(instructions, RETURN);
    instructions[0] = new BpfInstruction(BPF_JMP | BPF_JEQ | BPF_K, 255, 255, 0);

    assertThat(new BpfProgram(List.of(instructions)).instructions()).hasSize(257);
  }

  @Test
  void mayBeTooLongForTheKernel() {
    BpfProgram longest = new BpfProgram(Collections.nCopies(4096, RETURN));
    BpfProgram longer = new BpfProgram(Collections.nCopies(4097, RETURN));

    assertThat(longest.isTooLong()).isFalse();
    assertThat(longer.isTooLong()).isTrue();
    assertThat(BpfProgram.parse(longer.toDecimal())).isEqualTo(longer);
    assertThat(BpfProgram.parse(longer.toString())).isEqualTo(longer);
    try (Arena arena = Arena.ofConfined()) {
      assertThat(longest.toSockFilters(arena).byteSize()).isEqualTo(4096 * 8);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> longer.toSockFilters(arena))
          .withMessage(
              "the program cannot run in the kernel: it has 4097 instructions, and at most 4096 are"
                  + " allowed");
    }
  }

  @Test
  void tellsWhetherItMatchesNothing() {
    assertThat(new BpfProgram(List.of(RETURN)).matchesNothing()).isTrue();
    assertThat(new BpfProgram(List.of(instruction(BPF_RET | BPF_K, 1))).matchesNothing()).isFalse();
    assertThat(new BpfProgram(List.of(instruction(BPF_RET | BPF_A, 0))).matchesNothing()).isFalse();
  }

  private static void assertRefused(String message, BpfInstruction... instructions) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BpfProgram(List.of(instructions)))
        .withMessage(message);
  }

  private static BpfInstruction instruction(int code, int k) {
    return new BpfInstruction(code, 0, 0, k);
  }

  private static long returnInNativeOrder() {
    return ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putShort((short) 6).getLong(0);
  }

  /// A program from the numbers that `tcpdump -ddd` prints: code, jt, jf, k.
  private static BpfProgram read(String numbers) {
    return new BpfProgram(
        numbers
            .lines()
            .map(line -> line.split(" "))
            .map(field ->
                new BpfInstruction(
                    Integer.parseInt(field[0]),
                    Integer.parseInt(field[1]),
                    Integer.parseInt(field[2]),
                    Integer.parseUnsignedInt(field[3])))
            .toList());
  }
}
