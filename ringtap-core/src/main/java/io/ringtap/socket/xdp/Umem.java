package io.ringtap.socket.xdp;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.Mapping;
import java.lang.foreign.MemorySegment;

/// The memory of an AF_XDP socket's frames (UMEM), in chunks of one size, each for one frame or a
/// piece of one. A chunk is known by its address, counted from the beginning of the memory.
///
/// Of each chunk it is known who has it: the stack of free chunks here, the program that took it
/// from there, or the kernel. One thread uses it.
public final class Umem implements AutoCloseable {
  /// Bytes that the kernel leaves free at the beginning of a chunk before a received frame
  /// (`XDP_PACKET_HEADROOM` of `linux/bpf.h`).
  public static final int HEADROOM = 256;

  /// What [#take] returns if no chunk is free.
  public static final long NONE = -1;

  private static final long HUGE_PAGE_BYTES = 2L << 20;

  private final Mapping mapping;
  private final MemorySegment memory;
  private final int chunkBytes;
  private final boolean hasHugePages;
  private final long[] free;
  private int freeCount;

  private Umem(Mapping mapping, int chunkBytes, int chunkCount, boolean hasHugePages) {
    this.mapping = mapping;
    this.memory = mapping.memory();
    this.chunkBytes = chunkBytes;
    this.hasHugePages = hasHugePages;
    free = new long[chunkCount];
    for (int i = chunkCount - 1; i >= 0; i--) {
      free[freeCount++] = (long) i * chunkBytes;
    }
  }

  /// Allocates chunks, all of them free: in huge pages if the system has enough of them to give
  /// away, otherwise in normal ones.
  ///
  /// @param chunkBytes 2048 or 4096
  /// @throws LinuxException if there is no memory
  public static Umem allocate(int chunkBytes, int chunkCount) throws LinuxException {
    long bytes = (long) chunkBytes * chunkCount;
    String subject = "the UMEM";
    try {
      long whole = (bytes + HUGE_PAGE_BYTES - 1) / HUGE_PAGE_BYTES * HUGE_PAGE_BYTES;
      return new Umem(Mapping.hugePages(whole, subject), chunkBytes, chunkCount, true);
    } catch (LinuxException _) {
      return new Umem(Mapping.anonymous(bytes, subject), chunkBytes, chunkCount, false);
    }
  }

  /// All chunks, valid until [#close].
  public MemorySegment memory() {
    return memory;
  }

  /// Bytes of a chunk.
  public int chunkBytes() {
    return chunkBytes;
  }

  /// How many chunks there are.
  public int chunkCount() {
    return free.length;
  }

  /// Whether the memory is in huge pages, which spare the CPU's translation of addresses.
  public boolean hasHugePages() {
    return hasHugePages;
  }

  /// How many chunks are free.
  public int freeCount() {
    return freeCount;
  }

  /// Takes a free chunk.
  ///
  /// @return its address; [#NONE] if none is free
  public long take() {
    return freeCount == 0 ? NONE : free[--freeCount];
  }

  /// Gives a chunk back that was taken.
  ///
  /// @param address of any byte of the chunk
  public void give(long address) {
    free[freeCount++] = chunkOf(address);
  }

  /// The address of the chunk that an address lies in.
  long chunkOf(long address) {
    return address & -chunkBytes;
  }

  /// Releases the memory. No socket may use it any more.
  @Override
  public void close() {
    mapping.close();
  }
}
