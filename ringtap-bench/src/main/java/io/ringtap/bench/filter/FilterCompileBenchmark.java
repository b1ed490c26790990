package io.ringtap.bench.filter;

import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterOptions;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The time to compile the whole list of filters, from text to optimized program, in microseconds
/// per list. libpcap gets its texts in native memory and frees each program, as its users must; one
/// handle compiles all filters of a link type.
///
/// The warm-up is long: the JIT needs hundreds of lists to compile everything, and more on a busy
/// machine.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 15, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class FilterCompileBenchmark {
  private record Request(String expression, FilterOptions options) {}

  private record NativeRequest(MemorySegment expression, LinkType linkType) {}

  private final Arena arena = Arena.ofConfined();
  private final Libpcap libpcap = new Libpcap(Frame.MAX_SNAPLEN);
  private List<Request> requests = List.of();
  private List<NativeRequest> nativeRequests = List.of();

  @Setup(Level.Trial)
  public void read() throws IOException {
    List<ListedFilter> filters = ListedFilter.all();
    requests =
        filters.stream()
            .map(filter ->
                new Request(
                    filter.expression(), FilterOptions.of(filter.linkType()).withNetmask(0)))
            .toList();
    nativeRequests =
        filters.stream()
            .map(filter ->
                new NativeRequest(arena.allocateFrom(filter.expression()), filter.linkType()))
            .toList();
  }

  @TearDown(Level.Trial)
  public void close() {
    libpcap.close();
    arena.close();
  }

  /// @return instructions of all programs, so that none is left out
  @Benchmark
  public int ringtap() {
    int instructions = 0;
    for (Request request : requests) {
      instructions +=
          FilterCompiler.compile(request.expression(), request.options()).instructions().size();
    }
    return instructions;
  }

  /// @return instructions of all programs, so that none is left out
  @Benchmark
  public int libpcap() {
    int instructions = 0;
    for (NativeRequest request : nativeRequests) {
      instructions += libpcap.length(request.expression(), request.linkType());
    }
    return instructions;
  }
}
