package io.ringtap.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.packet.Frames;
import io.ringtap.packet.LinkType;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookedProgramTest {
  private static final OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  @Test
  void movesLoadsAfterThePseudoHeaderAndAsksTheKernelForItsFields() {
    // tcpdump -i any -ddd 'outbound and tcp dst port 80', in its main parts
    BpfProgram program =
        BpfProgram.parse(
            """
            9
            48 0 0 10
            21 0 6 4
            40 0 0 0
            21 0 4 2048
            177 0 0 20
            72 0 0 22
            21 0 1 80
            6 0 0 262144
            6 0 0 0
            """);

    BpfProgram moved = CookedProgram.forKernel(program, LinkType.LINUX_SLL2);

    assertThat(moved.toString())
        .isEqualTo(
            """
            (000) ldb      [type]
            (001) jeq      #0x4             jt 2\tjf 8
            (002) ldh      [proto]
            (003) jeq      #0x800           jt 4\tjf 8
            (004) ldxb     4*([0]&0xf)
            (005) ldh      [x + 2]
            (006) jeq      #0x50            jt 7\tjf 8
            (007) ret      #262144
            (008) ret      #0\
            """);
  }

  @Test
  void leavesWhatTheKernelKnowsAndScratchMemoryAlone() {
    BpfProgram program = new BpfAssembler().ldPacketType().ret(9).assemble();

    assertThat(CookedProgram.forKernel(program, LinkType.LINUX_SLL2)).isEqualTo(program);
  }

  @Test
  void refusesFieldsOfThePseudoHeaderThatTheKernelDoesNotTell() {
    BpfProgram hardwareType = BpfProgram.parse("3\n0 0 0 7\n40 0 0 8\n6 0 0 0\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CookedProgram.forKernel(hardwareType, LinkType.LINUX_SLL2))
        .withMessage("instruction 1: the kernel cannot load offset 8 of the cooked header");
  }

  @Test
  void fitsTheFirstVersionOfTheHeaderToo() {
    BpfProgram program =
        BpfProgram.parse("ldh [0]\njeq #0x4 jt 2 jf 5\nldh [14]\nldb [25]\nret #9\nret #0");

    BpfProgram moved = CookedProgram.forKernel(program, LinkType.LINUX_SLL);

    assertThat(moved)
        .isEqualTo(
            BpfProgram.parse(
                "ldh [type]\njeq #0x4 jt 2 jf 5\nldh [proto]\nldb [9]\nret #9\nret #0"));
  }

  @Test
  void addsTheHeaderToTheLengthAndMovesJumps() {
    BpfProgram program =
        BpfProgram.parse("ja 1\nld #pktlen\njgt #0x3c jt 3 jf 4\nret #0\nld #pktlen\nret");

    BpfProgram moved = CookedProgram.forKernel(program, LinkType.LINUX_SLL2);

    assertThat(moved)
        .isEqualTo(
            BpfProgram.parse(
                """
                ja 1
                ld #pktlen
                add #20
                jgt #0x3c jt 4 jf 5
                ret #0
                ld #pktlen
                add #20
                ret
                """));
  }

  @Test
  void addsTheHeaderToALengthInXByWayOfAScratchWordThatIsFree() {
    BpfProgram program = BpfProgram.parse("ld #1\nst M[0]\nldx #pktlen\nadd x\nret");

    BpfProgram moved = CookedProgram.forKernel(program, LinkType.LINUX_SLL);

    assertThat(moved)
        .isEqualTo(
            BpfProgram.parse(
                """
                ld #1
                st M[0]
                st M[1]
                ld #pktlen
                add #16
                tax
                ld M[1]
                add x
                ret
                """));
  }

  @Test
  void refusesALengthInXWhereNoScratchWordIsFree() {
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < 16; word++) {
      text.append("st M[").append(word).append("]\n");
    }
    BpfProgram program = BpfProgram.parse(text.append("ldx #pktlen\nret #1").toString());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CookedProgram.forKernel(program, LinkType.LINUX_SLL2))
        .withMessage(
            "instruction 16: the kernel cannot load the length with the cooked header into X");
  }

  @Test
  void letsTheConstantOfAnIndexedLoadBecomeNegativeWhereTheIndexAllowsIt() {
    BpfProgram program = BpfProgram.parse("ldx #0x28\nldb [x + 2]\nret");

    BpfProgram moved = CookedProgram.forKernel(program, LinkType.LINUX_SLL2);

    assertThat(moved).isEqualTo(BpfProgram.parse("ldx #0x28\nldb [x + -18]\nret"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ldb [0];ret #1    | instruction 0: the kernel cannot load offset 0 of the cooked header
          ld [18];ret #1    | instruction 0: the kernel cannot load offset 18 of the cooked header
          ldxb 4*([10]&0xf);ret #1 | instruction 0: the kernel cannot load offset 10 of the cooked header
          ldb [30];tax;ldb [x + 0];ret #1 | instruction 2: the kernel can load [x + 0] only where it lies after the cooked header, and x may be 0 to 255
          ld [30];tax;ldb [x + 20];ret #1 | instruction 2: the kernel can load [x + 20] only where it lies after the cooked header, and x may be 0 to 4294967295
          ld [poff];ret #1  | instruction 0: [poff] counts without the cooked header in the kernel
          tax;ja 0;ret #1   | the program cannot run in the kernel: instruction 1 jumps back
          """)
  void refusesWhatTheKernelWouldDecideOtherwise(String text, String message) {
    BpfProgram program = BpfProgram.parse(text.replace(';', '\n'));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CookedProgram.forKernel(program, LinkType.LINUX_SLL2))
        .withMessage(message);
  }

  @Test
  void refusesALinkTypeWithoutCookedHeader() {
    BpfProgram program = BpfProgram.parse("ret #1");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CookedProgram.forKernel(program, LinkType.ETHERNET))
        .withMessage("EN10MB has no cooked header");
  }

  @Test
  void refusesAJumpThatBecomesTooLong() {
    BpfProgram program =
        BpfProgram.parse("jeq #0x0 jt 1 jf 256\n" + "ld #pktlen\n".repeat(255) + "ret #0");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CookedProgram.forKernel(program, LinkType.LINUX_SLL2))
        .withMessage(
            "instruction 0: the jump is too long once lengths are corrected for the cooked header");
  }

  @Test
  @Randomized
  void decidesInTheKernelAsOnThePacketOfASavefile() {
    AtomicInteger fitted = new AtomicInteger();
    Property.forAll(random -> {
      boolean isFirst = random.nextBoolean();
      LinkType linkType = isFirst ? LinkType.LINUX_SLL : LinkType.LINUX_SLL2;
      int header = isFirst ? 16 : 20;
      int protocol = random.nextInt(0x10000);
      int type = random.nextInt(5);
      int index = random.nextInt(1, 100);
      MemorySegment packet = Frames.random(random, header + random.nextInt(50));
      packet.set(HALF, isFirst ? 14 : 0, (short) protocol);
      if (isFirst) {
        packet.set(HALF, 0, (short) type);
      } else {
        packet.set(WORD, 4, index);
        packet.set(ValueLayout.JAVA_BYTE, 10, (byte) type);
      }
      BpfProgram program = cooked(random, isFirst, header);
      BpfProgram moved;
      try {
        moved = CookedProgram.forKernel(program, linkType);
      } catch (IllegalArgumentException _) {
        return; // that it is not refused too often is seen below
      }

      int inKernel =
          Verdict.of(moved, packet.asSlice(header), new Ancillary(protocol, type, index).mark(7));

      assertThat(inKernel)
          .as("%s", program)
          .isEqualTo(
              Verdict.of(
                  program,
                  packet,
                  new Ancillary(protocol, type, index).mark(7).networkOffset(header)));
      fitted.incrementAndGet();
    });

    assertThat(fitted.get()).isPositive();
  }

  /// A random program whose loads lie after the header, or are of its fields.
  private static BpfProgram cooked(SplittableRandom random, boolean isFirst, int header) {
    BpfProgram program =
        RandomPrograms.accepted(
            random, 0, 0, List.of(AncillaryField.MARK, AncillaryField.PROTOCOL));
    List<BpfInstruction> moved = new ArrayList<>();
    for (BpfInstruction instruction : program.instructions()) {
      boolean isLoad = (instruction.code() & 0x06) == 0 && instruction.k() >= 0;
      boolean isOfPacket =
          switch (BpfOpcode.modeOf(instruction.code())) {
            case BpfOpcode.BPF_ABS, BpfOpcode.BPF_IND, BpfOpcode.BPF_MSH -> true;
            default -> false;
          };
      if (!isLoad || !isOfPacket) {
        moved.add(instruction);
      } else if (random.nextInt(8) == 0) {
        moved.add(
            BpfProgram.parse(isFirst ? "ldh [14]\nret" : "ld [4]\nret").instructions().getFirst());
      } else {
        moved.add(new BpfInstruction(instruction.code(), 0, 0, instruction.k() + header));
      }
    }
    return new BpfProgram(moved);
  }
}
