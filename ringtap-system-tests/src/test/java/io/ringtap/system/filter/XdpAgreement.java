package io.ringtap.system.filter;

import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.Width;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.XdpFilter;
import io.ringtap.packet.LinkType;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Holds filters for XDP, run by the kernel (`BPF_PROG_TEST_RUN`), against the programs for sockets
/// that they were made of, run by our interpreter.
final class XdpAgreement {
  private static final Ancillary NOTHING_BESIDE = new Ancillary(0, 0, 0);
  private static final int SNAPLEN = 262_144;

  /// The kernel runs an XDP program only on whole Ethernet headers, and what fits into a page.
  private static final int SHORTEST = 14;

  private static final int LONGEST = 3500;

  /// What was compared.
  enum Count {
    EXPRESSIONS,
    REFUSED_BY_THE_COMPILER,
    PROGRAMS,
    INSTRUCTIONS,
    CLASSIC_INSTRUCTIONS,
    VERDICTS,
    MATCHES
  }

  private final Map<Count, Long> counts = new TreeMap<>();

  Map<Count, Long> counts() {
    return counts;
  }

  long count(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  private void add(Count count, long number) {
    counts.merge(count, number, Long::sum);
  }

  /// Compares all verdicts of one expression.
  ///
  /// @return the first disagreement in words; null if all agree
  @Nullable String compare(
      String expression, LinkType linkType, boolean optimize, List<TestPacket> packets) {
    add(Count.EXPRESSIONS, 1);
    XdpFilter filter;
    try {
      filter =
          XdpFilter.compile(
              expression,
              FilterOptions.of(linkType)
                  .withSnaplen(SNAPLEN)
                  .withNetmask(0)
                  .withOptimize(optimize));
    } catch (FilterException _) {
      add(Count.REFUSED_BY_THE_COMPILER, 1);
      return null;
    }
    return compare(filter, filter.classic(), packets);
  }

  /// Compares all verdicts of a filter with those of a program that is right.
  @Nullable String compare(XdpFilter filter, BpfProgram classic, List<TestPacket> packets) {
    EbpfProgram program = bytesToKeep(filter);
    add(Count.PROGRAMS, 1);
    add(Count.INSTRUCTIONS, program.instructions().size());
    add(Count.CLASSIC_INSTRUCTIONS, classic.instructions().size());
    BpfInterpreter interpreter = new BpfInterpreter(classic);
    try (LoadedProgram loaded = LoadedProgram.load(program, ProgramType.XDP, "judged")) {
      for (TestPacket packet : packets) {
        int caplen = packet.caplen();
        if (caplen < SHORTEST || caplen > LONGEST) {
          continue;
        }
        int right = interpreter.run(packet.bytes(), 0, caplen, caplen, NOTHING_BESIDE);
        int verdict = loaded.testRun(packet.bytes().toArray(ValueLayout.JAVA_BYTE)).result();
        add(Count.VERDICTS, 1);
        add(Count.MATCHES, right == 0 ? 0 : 1);
        if (verdict != right) {
          return "interpreter: %d, XDP: %d on %s%n%s%n%s"
              .formatted(right, verdict, packet, classic, program.toListing());
        }
      }
      return null;
    } catch (LinuxException e) {
      return "%s%n%s%n%s".formatted(e.getMessage(), classic, program.toListing());
    }
  }

  /// The filter at the beginning of a program that returns what it says.
  private static EbpfProgram bytesToKeep(XdpFilter filter) {
    EbpfAssembler program = new EbpfAssembler();
    program.load(Width.WORD, R2, R1, 0).load(Width.WORD, R3, R1, 4);
    filter.append(program, "miss");
    return program.exit().label("miss").move(R0, 0).exit().assemble();
  }
}
