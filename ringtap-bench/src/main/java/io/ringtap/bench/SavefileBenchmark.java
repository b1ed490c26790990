package io.ringtap.bench;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.SavefileEncoder;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The cost of writing a packet to a savefile and of reading it, without the disk, in nanoseconds
/// per packet. The packet's bytes divided by this is the speed in GB/s; run with `-prof gc` for the
/// allocation.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SavefileBenchmark {
  private static final int PACKETS = 10_000;

  @Param({"PCAP_MICROS", "PCAPNG"})
  public SavefileFormat format = SavefileFormat.PCAPNG;

  @Param({"60", "1514"})
  public int caplen;

  private final Arena arena = Arena.ofShared();
  private Frame frame = MemoryFrame.of(LinkType.ETHERNET, new byte[0]);
  private MemorySegment file = MemorySegment.NULL;
  private SavefileOptions options = SavefileOptions.of(format, List.of());

  /// Discards everything.
  private static final class Nowhere implements WritableByteChannel {
    @Override
    public int write(ByteBuffer from) {
      int length = from.remaining();
      from.position(from.limit());
      return length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  /// A file in memory.
  private static final class Memory implements ReadableByteChannel {
    private final ByteBuffer bytes;

    Memory(MemorySegment file) {
      bytes = file.asByteBuffer();
    }

    @Override
    public int read(ByteBuffer to) {
      int length = Math.min(bytes.remaining(), to.remaining());
      if (length == 0) {
        return -1;
      }
      to.put(to.position(), bytes, bytes.position(), length);
      to.position(to.position() + length);
      bytes.position(bytes.position() + length);
      return length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Setup
  public void fill() {
    MemorySegment memory = arena.allocate(caplen);
    frame = new MemoryFrame(LinkType.ETHERNET, memory, 0, caplen, caplen, 7, 0);
    options =
        SavefileOptions.of(
            format, List.of(SavefileInterface.of(LinkType.ETHERNET, Frame.MAX_SNAPLEN)));
    SavefileEncoder encoder = SavefileEncoder.of(format, options.interfaces());
    byte[] header = encoder.header(null);
    file = arena.allocate(header.length + (long) PACKETS * encoder.recordBytes(caplen));
    MemorySegment.copy(MemorySegment.ofArray(header), 0, file, 0, header.length);
    long at = header.length;
    for (int i = 0; i < PACKETS; i++) {
      at += encoder.packet(file, at, frame, PacketFlags.INBOUND);
    }
    file = file.asSlice(0, at);
  }

  @TearDown(Level.Trial)
  public void close() {
    arena.close();
  }

  /// The figure includes a ten-thousandth of the cost of opening and closing.
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long write() throws IOException {
    try (SavefileWriter writer = SavefileWriter.to(new Nowhere(), "nowhere", options)) {
      for (int i = 0; i < PACKETS; i++) {
        writer.write(frame, PacketFlags.INBOUND, null);
      }
      return writer.bytesWritten();
    }
  }

  /// See [#write].
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long read() throws IOException {
    long sum = 0;
    try (SavefileReader reader = SavefileReader.of(new Memory(file), "memory")) {
      while (reader.next()) {
        sum += reader.caplen() + reader.epochNanos();
      }
    }
    return sum;
  }
}
