package io.ringtap.bench.filter;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Filtering packets in user space, as for files and for programs that the kernel does not run,
/// with everyday packets in turn.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InterpreterBenchmark {
  @Param({"ip", "tcp port 80", "ip6 protochain 6"})
  public String expression = "ip";

  private final Ancillary nothingBeside = new Ancillary(0, 0, 1);
  private MemorySegment[] packets = {};
  private BpfInterpreter interpreter =
      new BpfInterpreter(FilterCompiler.compile("", LinkType.ETHERNET, 1));
  private int next;

  @Setup
  public void compile() {
    Arena arena = Arena.ofAuto();
    List<MemorySegment> everyday = EverydayPackets.of(LinkType.ETHERNET);
    packets = new MemorySegment[everyday.size()];
    for (int i = 0; i < packets.length; i++) {
      packets[i] = arena.allocate(everyday.get(i).byteSize()).copyFrom(everyday.get(i));
    }
    interpreter =
        new BpfInterpreter(
            FilterCompiler.compile(expression, LinkType.ETHERNET, Frame.MAX_SNAPLEN));
    int matching = 0;
    for (int i = 0; i < packets.length; i++) {
      matching += decide() == 0 ? 0 : 1;
    }
    if (matching == 0) {
      throw new IllegalStateException("no packet matches " + expression);
    }
  }

  @Benchmark
  public int decide() {
    next = next + 1 == packets.length ? 0 : next + 1;
    MemorySegment packet = packets[next];
    int length = (int) packet.byteSize();
    return interpreter.run(packet, 0, length, length, nothingBeside);
  }
}
