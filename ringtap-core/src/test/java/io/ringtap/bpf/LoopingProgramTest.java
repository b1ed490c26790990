package io.ringtap.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.packet.EtherType;
import io.ringtap.packet.Frames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class LoopingProgramTest {
  /// Of `tcpdump -y EN10MB -d 'ip6 protochain 6'`, libpcap 1.10.3, without fragments and
  /// authentication headers.
  private static final BpfProgram TCP_BEHIND_EXTENSIONS =
      BpfProgram.parse(
          """
          (000) ldh      [12]
          (001) jeq      #0x86dd          jt 2\tjf 17
          (002) ldb      [20]
          (003) ldx      #0x28
          (004) jeq      #0x6             jt 16\tjf 5
          (005) jeq      #0x0             jt 7\tjf 6
          (006) jeq      #0x3c            jt 7\tjf 17
          (007) ldb      [x + 14]
          (008) st       M[0]
          (009) ldb      [x + 15]
          (010) add      #1
          (011) mul      #8
          (012) add      x
          (013) tax
          (014) ld       M[0]
          (015) ja       4
          (016) ret      #262144
          (017) ret      #0
          """);

  private static final BpfProgram ENDLESS = BpfProgram.parse("ja 0\nret #1");

  private static final String IPV6 =
      "0".repeat(24) + "86dd" + "60000000" + "0020" + "NN" + "40" + "0".repeat(64);

  @Test
  void findsTheProtocolAfterExtensionHeaders() {
    BpfInterpreter interpreter = new BpfInterpreter(TCP_BEHIND_EXTENSIONS);
    String options = "3c00" + "0".repeat(12) + "TT01" + "0".repeat(28);
    MemorySegment tcp = Frames.hex(IPV6.replace("NN", "00") + options.replace("TT", "06"));
    MemorySegment udp = Frames.hex(IPV6.replace("NN", "00") + options.replace("TT", "11"));
    MemorySegment cut = tcp.asSlice(0, tcp.byteSize() - 16);

    assertThat(run(interpreter, tcp)).isEqualTo(262144);
    assertThat(interpreter.executed()).isEqualTo(29);
    assertThat(run(interpreter, udp)).isZero();
    assertThat(run(interpreter, cut)).isZero();
  }

  @Test
  void endsALoopThatDoesNotEnd() {
    BpfInterpreter interpreter = new BpfInterpreter(ENDLESS);

    assertThat(run(interpreter, Frames.hex("00"))).isZero();
    assertThat(interpreter.executed()).isEqualTo(BpfInterpreter.MAX_STEPS);
  }

  @Test
  void saysWhetherAProgramLoops() {
    assertThat(ENDLESS.loops()).isTrue();
    assertThat(TCP_BEHIND_EXTENSIONS.loops()).isTrue();
    assertThat(BpfProgram.parse("ja 1\nret #1").loops()).isFalse();
  }

  @Test
  void isNotForTheKernel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TCP_BEHIND_EXTENSIONS.toSockFilters(Arena.ofAuto()))
        .withMessage("the program cannot run in the kernel: instruction 15 jumps back");
  }

  @Test
  void doesNotJumpOutAtTheFront() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BpfProgram.parse("2\n5 0 0 4294967294\n6 0 0 0"))
        .withMessage("line 2: jumps out of the program");
  }

  @Test
  void readsNoScratchWordThatOnlyALaterRoundHasWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BpfProgram.parse("ld M[0]\nst M[0]\nja 0\nret #0"))
        .withMessage("line 1: M[0] may not have been written before");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            BpfProgram.parse(
                "st M[0]\njeq #1 jt 2 jf 4\nldx M[0]\nja 1\njeq #2 jt 5 jf 6\nld M[1]\nret #0"))
        .withMessage("line 6: M[1] may not have been written before");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BpfProgram.parse("ja 4\nst M[0]\nld M[0]\nja 5\nja 2\nret #0"))
        .withMessage("line 3: M[0] may not have been written before");
  }

  private static int run(BpfInterpreter interpreter, MemorySegment packet) {
    int length = (int) packet.byteSize();
    return interpreter.run(packet, 0, length, length, new Ancillary(EtherType.IPV6, 0, 1));
  }
}
