package io.ringtap.socket;

import static io.ringtap.linux.abi.packet.IfPacket.TP_STATUS_KERNEL;
import static io.ringtap.linux.abi.packet.IfPacket.TP_STATUS_USER;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.Mapping;
import io.ringtap.linux.abi.packet.Tpacket2Hdr;
import java.lang.foreign.MemorySegment;

/// A cooked packet socket on every interface with a TPACKET_V2 ring of small frames, for few bytes
/// of many packets (Documentation/networking/packet_mmap.rst). The kernel shows each packet at
/// once: no timer hands it over, and nobody need poll.
///
/// One thread drains it; any thread may ask for the counters.
public final class FrameRing implements AutoCloseable {
  /// Takes what the ring shows.
  @FunctionalInterface
  public interface Handler {
    /// A packet, lent for the call.
    ///
    /// @param offset where its network header begins
    /// @param end where what was kept of it ends
    /// @param epochNanos the kernel's stamp, in nanoseconds since the epoch
    void onFrame(MemorySegment ring, long offset, long end, long epochNanos);
  }

  private static final int BLOCK_BYTES = 1 << 16;

  private final PacketSocket socket;
  private final Mapping mapping;
  private final MemorySegment ring;
  private final int frameBytes;
  private final int framesOfBlock;
  private final int frames;
  private int next; // the frame that the kernel fills next
  private int nextOfBlock; // its place in its block
  private long offset; // where it lies

  private FrameRing(PacketSocket socket, Mapping mapping, int frameBytes) {
    this.socket = socket;
    this.mapping = mapping;
    this.frameBytes = frameBytes;
    ring = mapping.memory();
    framesOfBlock = BLOCK_BYTES / frameBytes;
    frames = (int) (ring.byteSize() / BLOCK_BYTES) * framesOfBlock;
  }

  /// Opens one in the network namespace of the calling thread.
  ///
  /// @param filter what it shows
  /// @param caplen bytes to keep of a packet, a multiple of 16
  /// @param leastFrames how many packets it holds at least
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`) or without memory for the ring
  public static FrameRing open(BpfProgram filter, int caplen, int leastFrames, String subject)
      throws LinuxException {
    PacketSocket socket = PacketSocket.open(true, subject);
    try {
      int frameBytes = Tpacket2Hdr.COOKED_OFFSET + caplen;
      int framesOfBlock = BLOCK_BYTES / frameBytes;
      int blocks = (leastFrames + framesOfBlock - 1) / framesOfBlock;
      Mapping mapping = socket.mapFrames(BLOCK_BYTES, blocks, frameBytes);
      try {
        socket.filter(filter);
        socket.bind(0);
        return new FrameRing(socket, mapping, frameBytes);
      } catch (LinuxException | RuntimeException e) {
        mapping.close();
        throw e;
      }
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /// Packets that it holds.
  public int frames() {
    return frames;
  }

  /// Shows `handler` what the kernel has put into the ring and gives the frames back, once round at
  /// the most.
  ///
  /// @return packets shown
  public int drain(Handler handler) {
    int shown = 0;
    while (shown < frames && (Tpacket2Hdr.statusAcquire(ring, offset) & TP_STATUS_USER) != 0) {
      long packet = offset + Tpacket2Hdr.net(ring, offset);
      long end = packet + Tpacket2Hdr.caplen(ring, offset);
      handler.onFrame(ring, packet, end, Tpacket2Hdr.epochNanos(ring, offset));
      Tpacket2Hdr.statusRelease(ring, offset, TP_STATUS_KERNEL);
      advance();
      shown++;
    }
    return shown;
  }

  private void advance() {
    next++;
    nextOfBlock++;
    offset += frameBytes;
    if (next == frames) {
      next = 0;
      nextOfBlock = 0;
      offset = 0;
    } else if (nextOfBlock == framesOfBlock) { // no frame lies across the end of a block
      nextOfBlock = 0;
      offset = (long) (next / framesOfBlock) * BLOCK_BYTES;
    }
  }

  /// What the kernel has counted since the ring was opened. Any thread may ask.
  public SocketCounters counters() {
    return socket.counters();
  }

  /// Unmaps the ring and closes the socket. Nobody may be draining.
  @Override
  public void close() {
    mapping.close();
    socket.close();
  }
}
