package io.ringtap.bench;

import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketLayers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
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

/// Finding the layers of a packet, down to the transport payload.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PacketLayersBenchmark {
  private static final String ADDRESSES = "020000000001020000000002";
  private static final String TAG = "81000007";
  private static final String IPV4 = "0800" + "4500002800004000400600000a0000010a000002";
  private static final String IPV6 =
      "86dd"
          + "60000000"
          + "00101140"
          + "20010db8000000000000000000000001"
          + "20010db8000000000000000000000002";
  private static final String TCP = "01bbc0000000000100000001501001000000" + "0000";
  private static final String UDP = "0035c00000100000" + "0000000000000000";

  /// Kinds of packet.
  public enum Kind {
    TCP_IPV4(ADDRESSES + IPV4 + TCP),
    TAGGED_UDP_IPV6(ADDRESSES + TAG + IPV6 + UDP);

    private final byte[] frame;

    Kind(String hex) {
      frame = HexFormat.of().parseHex(hex);
    }
  }

  @Param({"TCP_IPV4", "TAGGED_UDP_IPV6"})
  public Kind kind = Kind.TCP_IPV4;

  private final PacketLayers layers = new PacketLayers();
  private MemorySegment frame = MemorySegment.NULL;

  @Setup
  public void fill() {
    frame = Arena.ofAuto().allocate(kind.frame.length);
    MemorySegment.copy(MemorySegment.ofArray(kind.frame), 0, frame, 0, kind.frame.length);
    read();
    if (layers.payloadOffset() < 0) {
      throw new IllegalStateException("the frame is incomplete");
    }
  }

  @Benchmark
  public long read() {
    layers.read(LinkType.ETHERNET, frame, 0, (int) frame.byteSize());
    return layers.payloadOffset();
  }
}
