package io.ringtap.system.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.system.filter.Compilation.Compiled;
import io.ringtap.system.filter.FilterList.Line;
import io.ringtap.testing.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our programs are no longer than those of libpcap's optimizer, and take no more steps.
class ProgramLengthTest {
  private static final Ancillary NOTHING_BESIDE = new Ancillary(0, 0, 0);
  private static final int PACKETS = 400;

  @TempDir private Path directory;

  private TcpdumpCompiler tcpdump;

  @BeforeEach
  void open() {
    Requirement.tool("tcpdump");
    tcpdump = new TcpdumpCompiler(directory);
  }

  @Test
  void makesNoProgramLongerThanLibpcaps() {
    List<Line> exceptions = FilterList.longer();
    List<String> longer = new ArrayList<>();
    int ours = 0;
    int theirs = 0;

    for (Line line : FilterList.expressions()) {
      int our = length(new RingtapCompiler(), line);
      int their = length(tcpdump, line);
      ours += our;
      theirs += their;
      if (our > their && exceptions.stream().noneMatch(line::isSameFilter)) {
        longer.add("%s: %d, libpcap %d".formatted(line, our, their));
      }
    }

    System.out.printf("instructions of all listed filters: %d, libpcap %d%n", ours, theirs);
    assertThat(longer).isEmpty();
    assertThat(ours).isLessThan(theirs);
  }

  @Test
  void listsNoExceptionThatIsNone() {
    List<Line> listed = FilterList.expressions();

    for (Line exception : FilterList.longer()) {
      assertThat(exception.reason()).as("%s", exception).isNotEmpty();
      assertThat(listed).as("%s", exception).anyMatch(exception::isSameFilter);
      assertThat(length(new RingtapCompiler(), exception))
          .as("%s", exception)
          .isGreaterThan(length(tcpdump, exception));
    }
  }

  @Test
  void takesNoMoreStepsThanLibpcap() {
    long ours = 0;
    long theirs = 0;

    for (Line line : FilterList.expressions()) {
      PacketGenerator generator = new PacketGenerator(new SplittableRandom(5));
      List<TestPacket> packets = generator.packets(line.linkType(), PACKETS);
      ours += steps(program(new RingtapCompiler(), line), packets);
      theirs += steps(program(tcpdump, line), packets);
    }

    System.out.printf("instructions executed: %d, libpcap %d%n", ours, theirs);
    assertThat(ours).isLessThanOrEqualTo(theirs);
  }

  private static long steps(BpfProgram program, List<TestPacket> packets) {
    BpfInterpreter interpreter = new BpfInterpreter(program);
    long steps = 0;
    for (TestPacket packet : packets) {
      int caplen = (int) packet.bytes().byteSize();
      interpreter.run(packet.bytes(), 0, caplen, packet.origlen(), NOTHING_BESIDE);
      steps += interpreter.executed();
    }
    return steps;
  }

  private static int length(FilterMaker maker, Line line) {
    return program(maker, line).instructions().size();
  }

  private static BpfProgram program(FilterMaker maker, Line line) {
    Compilation compilation = maker.compile(line.expression(), line.linkType(), true);
    if (compilation instanceof Compiled(BpfProgram program, _)) {
      return program;
    }
    throw new AssertionError(line + ": " + compilation);
  }
}
