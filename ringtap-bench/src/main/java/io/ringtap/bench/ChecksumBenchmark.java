package io.ringtap.bench;

import io.ringtap.packet.Checksum;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

/// The Internet checksum of an echo message in the smallest frame, of ping's default size, and in a
/// full frame.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChecksumBenchmark {
  @Param({"26", "64", "1480"})
  public int bytes;

  private MemorySegment message = MemorySegment.NULL;

  @Setup
  public void fill() {
    message = Arena.ofAuto().allocate(bytes);
    for (int i = 0; i < bytes; i++) {
      message.set(ValueLayout.JAVA_BYTE, i, (byte) (i * 31));
    }
  }

  @Benchmark
  public int checksum() {
    return Checksum.fold(Checksum.sum(message, 0, bytes));
  }
}
