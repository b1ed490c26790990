package io.ringtap.socket;

import io.ringtap.linux.abi.socket.Iovec;
import io.ringtap.linux.abi.socket.Mmsghdr;
import io.ringtap.linux.abi.socket.Msghdr;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.Frame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Frames on their way into one `sendmmsg(2)`. Everything that the call needs is laid out once,
/// with a place for each frame, so that adding one copies its bytes and sets its length.
///
/// One thread at a time uses it.
public final class FrameBatch {
  private static final int LINE = 64; // bytes of a cache line, at which places begin

  private final int socket;
  private final long stride;
  private final MessageBatch batch;
  private final MemorySegment vectors;
  private final MemorySegment frames;
  private final int[] lengths;

  /// A batch of at most `capacity` frames of at most `frameBytes` bytes each.
  ///
  /// @param socket the descriptor that they are sent through
  public FrameBatch(int socket, int capacity, int frameBytes, Arena arena) {
    this.socket = socket;
    stride = (frameBytes + LINE - 1L) / LINE * LINE;
    batch = new MessageBatch(capacity, arena);
    vectors = arena.allocate(Iovec.LAYOUT, capacity);
    frames = arena.allocate(stride * capacity, LINE);
    lengths = new int[capacity];
    for (int i = 0; i < capacity; i++) {
      long vector = i * Iovec.LAYOUT.byteSize();
      Iovec.set(vectors, vector, frames.asSlice(i * stride, stride), 0);
      Msghdr.iov(batch.headers(), i * Mmsghdr.BYTES, vectors.asSlice(vector), 1);
    }
  }

  /// Names where the frame of an index goes, for a socket that is not bound to an interface.
  ///
  /// @param address memory that holds the address whenever the frame is sent
  public void name(int index, MemorySegment address) {
    Msghdr.name(batch.headers(), index * Mmsghdr.BYTES, address, (int) address.byteSize());
  }

  public boolean isEmpty() {
    return batch.remaining() == 0;
  }

  public boolean isFull() {
    return batch.isFull();
  }

  /// Adds the captured bytes of a frame, which are copied, to a batch that is not full.
  public void add(Frame frame) {
    int index = batch.add();
    int bytes = frame.caplen();
    MemorySegment.copy(frame.memory(), frame.offset(), frames, index * stride, bytes);
    Iovec.length(vectors, index * Iovec.LAYOUT.byteSize(), bytes);
    lengths[index] = bytes;
  }

  /// The memory of all frames, for frames that are written in place.
  public MemorySegment memory() {
    return frames;
  }

  /// Where the frame of an index begins in [#memory].
  public long place(int index) {
    return index * stride;
  }

  /// Adds a frame that is, or will be before it is sent, written to its [place][#place], to a batch
  /// that is not full.
  ///
  /// @return its index
  public int add(int bytes) {
    int index = batch.add();
    Iovec.length(vectors, index * Iovec.LAYOUT.byteSize(), bytes);
    lengths[index] = bytes;
    return index;
  }

  /// Frames that have been added.
  public int size() {
    return batch.size();
  }

  /// Index of the first frame that the kernel has not taken.
  public int done() {
    return batch.done();
  }

  /// Sends what has not been taken yet, as far as there is room at once.
  ///
  /// @return how many frames the kernel took, or `-errno` for the first of them
  public int send() {
    return batch.send(socket, SysSocket.MSG_DONTWAIT);
  }

  /// Bytes of the latest frames that the kernel took.
  ///
  /// @param frames how many
  public long bytesOfLatest(int frames) {
    int done = batch.done();
    long bytes = 0;
    for (int i = done - frames; i < done; i++) {
      bytes += lengths[i];
    }
    return bytes;
  }

  /// Leaves out the first frame that the kernel has not taken.
  public void skip() {
    batch.skip();
  }

  /// Frames that the kernel has not taken.
  public int remaining() {
    return batch.remaining();
  }

  /// Forgets all frames.
  public void clear() {
    batch.clear();
  }
}
