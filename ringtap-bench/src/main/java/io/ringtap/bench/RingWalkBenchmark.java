package io.ringtap.bench;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.linux.abi.packet.TpacketBlockDesc;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.socket.FrameRestorer;
import io.ringtap.socket.PacketRing;
import io.ringtap.socket.RingFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Walks over a ring's blocks and reads a header of each packet, in memory laid out as the kernel
/// does it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class RingWalkBenchmark {
  private static final int BLOCK_BYTES = 256 * 1024;
  private static final int FRAME_BYTES = 60;
  private static final int FRAME_OFFSET = 82; // where the kernel puts an Ethernet frame
  private static final int STRIDE = 144;
  private static final int PACKETS = 1800; // of a block

  /// Blocks of the ring: 256 KiB, which fit into the CPU's caches, and 64 MiB, which do not.
  @Param({"1", "256"})
  private int blocks;

  private MemorySegment memory;
  private PacketRing ring;
  private long bytes;
  private int block;

  @Setup
  public void fill() {
    memory = Arena.ofAuto().allocate((long) BLOCK_BYTES * blocks, Long.BYTES);
    ring =
        new PacketRing(
            memory,
            blocks,
            FrameRestorer.ETHERNET,
            Frame.MAX_SNAPLEN,
            new RingFrame(LinkType.ETHERNET, 0));
    for (int i = 0; i < blocks; i++) {
      long start = (long) i * BLOCK_BYTES;
      memory.set(JAVA_INT, start + 16, (int) TpacketBlockDesc.LAYOUT.byteSize());
      long header = start + TpacketBlockDesc.LAYOUT.byteSize();
      for (int j = 0; j < PACKETS; j++) {
        Tpacket3Hdr.write(
            memory,
            header,
            j,
            FRAME_BYTES,
            FRAME_BYTES,
            IfPacket.TP_STATUS_USER,
            FRAME_OFFSET,
            0,
            0);
        memory.set(JAVA_INT, header, STRIDE);
        SockaddrLl.write(memory, header + Tpacket3Hdr.SOCKADDR_OFFSET, EtherType.IPV4, 1);
        memory.set(
            JAVA_SHORT.withByteAlignment(1),
            header + FRAME_OFFSET + 12,
            Short.reverseBytes((short) EtherType.IPV4));
        header += STRIDE;
      }
    }
  }

  /// One block: its hand-over as by the kernel, and the walk.
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long walk() {
    long start = (long) block * BLOCK_BYTES;
    memory.set(JAVA_INT, start + 12, PACKETS);
    TpacketBlockDesc.statusRelease(memory, start, IfPacket.TP_STATUS_USER);
    block = block + 1 == blocks ? 0 : block + 1;
    ring.drain(this::read);
    return bytes;
  }

  private void read(Frame packet) {
    if (EthernetHeader.etherType(packet.memory(), packet.offset()) == EtherType.IPV4) {
      bytes += packet.origlen();
    }
  }
}
