package io.ringtap.socket;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Iovec;
import io.ringtap.linux.abi.Mmsghdr;
import io.ringtap.linux.abi.Msghdr;
import io.ringtap.linux.abi.SysSocket;
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
  private final int capacity;
  private final long stride;
  private final MemorySegment callState;
  private final MemorySegment[] tails; // the messages from each index on
  private final MemorySegment vectors;
  private final MemorySegment frames;
  private final int[] lengths;
  private int count;
  private int done;

  FrameBatch(int socket, int capacity, int frameBytes, Arena arena) {
    this.socket = socket;
    this.capacity = capacity;
    stride = (frameBytes + LINE - 1L) / LINE * LINE;
    callState = CallState.allocate(arena);
    vectors = arena.allocate(Iovec.LAYOUT, capacity);
    frames = arena.allocate(stride * capacity, LINE);
    lengths = new int[capacity];
    tails = new MemorySegment[capacity];
    MemorySegment messages = arena.allocate(Mmsghdr.LAYOUT, capacity);
    for (int i = 0; i < capacity; i++) {
      tails[i] = messages.asSlice(i * Mmsghdr.BYTES);
      long vector = i * Iovec.LAYOUT.byteSize();
      Iovec.set(vectors, vector, frames.asSlice(i * stride, stride), 0);
      Msghdr.iov(messages, i * Mmsghdr.BYTES, vectors.asSlice(vector), 1);
    }
  }

  public boolean isEmpty() {
    return done == count;
  }

  public boolean isFull() {
    return count == capacity;
  }

  /// Adds the captured bytes of a frame, which are copied, to a batch that is not full.
  public void add(Frame frame) {
    int index = count++;
    int bytes = frame.caplen();
    MemorySegment.copy(frame.memory(), frame.offset(), frames, index * stride, bytes);
    Iovec.length(vectors, index * Iovec.LAYOUT.byteSize(), bytes);
    lengths[index] = bytes;
  }

  /// Sends what has not been taken yet, as far as there is room at once.
  ///
  /// @return how many frames the kernel took, or `-errno` for the first of them
  public int send() {
    int rc = Libc.sendmmsg(callState, socket, tails[done], count - done, SysSocket.MSG_DONTWAIT);
    done += Math.max(0, rc);
    return rc;
  }

  /// Bytes of the latest frames that the kernel took.
  ///
  /// @param frames how many
  public long bytesOfLatest(int frames) {
    long bytes = 0;
    for (int i = done - frames; i < done; i++) {
      bytes += lengths[i];
    }
    return bytes;
  }

  /// Leaves out the first frame that the kernel has not taken.
  public void skip() {
    done++;
  }

  /// Frames that the kernel has not taken.
  public int remaining() {
    return count - done;
  }

  /// Forgets all frames.
  public void clear() {
    count = 0;
    done = 0;
  }
}
