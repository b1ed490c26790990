package io.ringtap.lab.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.lab.profile.SymbolTable.Symbol;
import io.ringtap.linux.abi.perf.PerfEvent;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
  private static final int NO_PROCESS = 1 << 30; // above any pid

  private static final SymbolTable KERNEL =
      SymbolTable.of(
          List.of(
              new Symbol(0xffffffff81000000L, 0, "do_syscall_64"),
              new Symbol(0xffffffff81000100L, 0, "tpacket_rcv"),
              new Symbol(0xffffffff81000200L, 0, "next")));

  private static List<String> names(Recording recording, int sample) throws IOException {
    Recording.Sample found = recording.samples().get(sample);
    return found
        .functions(new Symbolizer(), recording.symbols(KERNEL, SymbolTable.of(List.of())))
        .stream()
        .map(CodeFrame::name)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 13, 64, 1 << 16})
  void readsRecordsHoweverTheRingCutsThem(int piece) {
    RecordBuffer buffer =
        new Records()
            .comm(NO_PROCESS, NO_PROCESS + 1, "ringtap-capture")
            .sample(NO_PROCESS, NO_PROCESS + 1, PerfEvent.PERF_CONTEXT_USER, 0x1000)
            .lost(41)
            .sample(NO_PROCESS, NO_PROCESS + 2, PerfEvent.PERF_CONTEXT_USER, 0x2000, 0x3000)
            .lost(1)
            .inPiecesOf(piece);

    Recording recording = Recording.of(List.of(buffer));

    assertThat(recording.lost()).isEqualTo(42);
    assertThat(recording.samples()).hasSize(2);
    assertThat(recording.samples())
        .extracting(Recording.Sample::tid)
        .containsExactly(NO_PROCESS + 1, NO_PROCESS + 2);
    assertThat(recording.participants().nameOf(NO_PROCESS, NO_PROCESS + 1))
        .isEqualTo("ringtap-capture");
  }

  @Test
  void countsWhatFindsNoRoomInMemory() {
    RecordBuffer buffer = new RecordBuffer();
    MemorySegment ring = MemorySegment.ofArray(new long[1 << 20]);
    for (int i = 0; i < 9; i++) {
      buffer.append(ring, 0, ring.byteSize());
    }

    assertThat(buffer.dropped()).isEqualTo(ring.byteSize() / 2048);
    assertThat(Recording.of(List.of(buffer)).lost()).isEqualTo(buffer.dropped());
  }

  @Test
  void namesWhatRanAndWhoCalledIt() throws IOException {
    long program = 0xffffffffc0001000L;
    RecordBuffer buffer =
        new Records()
            .ksymbol(program, 0x40, false, "bpf_prog_0123456789abcdef_filter")
            .ksymbol(program, 0x40, true, "bpf_prog_0123456789abcdef_filter")
            .sample(
                NO_PROCESS,
                NO_PROCESS,
                PerfEvent.PERF_CONTEXT_KERNEL,
                program + 0x3f,
                0xffffffff81000200L) // returns after the end of tpacket_rcv, which called
            .sample(NO_PROCESS, NO_PROCESS, PerfEvent.PERF_CONTEXT_KERNEL, program + 0x40)
            .inPiecesOf(1 << 16);

    Recording recording = Recording.of(List.of(buffer));

    assertThat(names(recording, 0))
        .containsExactly("bpf_prog_0123456789abcdef_filter", "tpacket_rcv");
    assertThat(names(recording, 1)).containsExactly("[kernel code without a name]");
  }

  @Test
  void endsAChainAtACallerThatIsNoCode() throws IOException {
    RecordBuffer buffer =
        new Records()
            .mmap2(NO_PROCESS, 0x400000, 0x1000, 0, "/no/such/program")
            .sample(
                NO_PROCESS,
                NO_PROCESS,
                PerfEvent.PERF_CONTEXT_KERNEL,
                0xffffffff81000010L,
                PerfEvent.PERF_CONTEXT_USER,
                0x400100,
                0x400200,
                0xdeadbeef,
                0x400300)
            .inPiecesOf(1 << 16);

    assertThat(names(Recording.of(List.of(buffer)), 0))
        .containsExactly("do_syscall_64", "[program]", "[program]");
  }
}
