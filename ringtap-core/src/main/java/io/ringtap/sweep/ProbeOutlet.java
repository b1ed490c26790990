package io.ringtap.sweep;

import io.ringtap.socket.FrameBatch;
import java.lang.foreign.MemorySegment;

/// A batch of packets of one address family and the way by which they leave. The sending thread
/// uses it.
interface ProbeOutlet extends AutoCloseable {
  /// Packets of a batch: enough to spread the cost of a call, and few enough that the first and the
  /// last leave at almost the same time.
  int CAPACITY = 32;

  /// Where packets are written.
  MemorySegment memory();

  /// Where the packet of an index, from its IP header on, begins in [#memory].
  long offset(int index);

  /// Bytes that the frame has before the IP header on the link of the first targets.
  int linkBytes();

  /// Whether there is no room for another packet, in the batch or in what holds the packets.
  boolean isFull();

  /// Adds a packet to a batch that is not full, which is written to its place before [#send].
  ///
  /// @param bytes of the packet
  /// @return its index, from 0
  int add(int bytes, SweepTarget target);

  /// Packets that have been added.
  int size();

  /// Index of the first packet that the kernel has not taken; [#size] if it has taken all.
  int done();

  /// Index of the first packet that may still be written to.
  int firstChangeable();

  /// Sends what has not been taken yet.
  ///
  /// @return how many packets the kernel took, or `-errno` for the first of them
  int send();

  /// Waits a short time for room, after the send call has found none.
  void awaitRoom();

  /// Leaves out the first packet that has not been taken.
  void skip();

  /// Forgets all packets.
  void clear();

  @Override
  void close();

  /// A way out by `sendmmsg(2)`.
  abstract class OfMessages implements ProbeOutlet {
    private final FrameBatch batch;
    private final int linkBytes;
    private final int headBytes;

    /// @param linkBytes see [#linkBytes]
    /// @param headBytes of each message before the packet
    OfMessages(FrameBatch batch, int linkBytes, int headBytes) {
      this.batch = batch;
      this.linkBytes = linkBytes;
      this.headBytes = headBytes;
    }

    @Override
    public final MemorySegment memory() {
      return batch.memory();
    }

    @Override
    public final long offset(int index) {
      return batch.place(index) + headBytes;
    }

    @Override
    public final int linkBytes() {
      return linkBytes;
    }

    @Override
    public final boolean isFull() {
      return batch.isFull();
    }

    @Override
    public int add(int bytes, SweepTarget target) {
      return batch.add(headBytes + bytes);
    }

    @Override
    public final int size() {
      return batch.size();
    }

    @Override
    public final int done() {
      return batch.done();
    }

    @Override
    public final int firstChangeable() {
      return batch.done();
    }

    @Override
    public final int send() {
      return batch.send();
    }

    @Override
    public final void skip() {
      batch.skip();
    }

    @Override
    public final void clear() {
      batch.clear();
    }
  }
}
