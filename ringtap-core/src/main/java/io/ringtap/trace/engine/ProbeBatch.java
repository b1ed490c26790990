package io.ringtap.trace.engine;

import io.ringtap.linux.abi.socket.Iovec;
import io.ringtap.linux.abi.socket.Mmsghdr;
import io.ringtap.linux.abi.socket.Msghdr;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SockaddrIn6;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.IpAddress;
import io.ringtap.socket.MessageBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Probes of one address family on their way into one `sendmmsg(2)`. One thread uses it.
public final class ProbeBatch {
  private static final int CAPACITY = 64;

  private final boolean ipv6;
  private final int socket;
  private final int scopeId;
  private final MessageBatch batch;
  private final MemorySegment vectors;
  private final MemorySegment addresses;
  private final MemorySegment packets;
  private final int[] numbers = new int[CAPACITY];

  /// @param scopeId the interface index that link-local targets need, else 0
  ProbeBatch(boolean ipv6, int socket, int scopeId, Arena arena) {
    this.ipv6 = ipv6;
    this.socket = socket;
    this.scopeId = scopeId;
    batch = new MessageBatch(CAPACITY, arena);
    vectors = arena.allocate(Iovec.LAYOUT, CAPACITY);
    addresses = arena.allocate(SockaddrIn6.LAYOUT, CAPACITY);
    packets = arena.allocate((long) ProbePacket.MOST_BYTES * CAPACITY, 8);
    int addressBytes = ipv6 ? SockaddrIn6.BYTES : SockaddrIn.BYTES;
    for (int i = 0; i < CAPACITY; i++) {
      long message = i * Mmsghdr.BYTES;
      Msghdr.name(batch.headers(), message, addresses.asSlice(address(i)), addressBytes);
      Iovec.set(vectors, vector(i), packets.asSlice(packet(i), ProbePacket.MOST_BYTES), 0);
      Msghdr.iov(batch.headers(), message, vectors.asSlice(vector(i)), 1);
    }
  }

  private static long address(int index) {
    return index * (long) SockaddrIn6.BYTES;
  }

  private static long vector(int index) {
    return index * Iovec.LAYOUT.byteSize();
  }

  private static long packet(int index) {
    return index * (long) ProbePacket.MOST_BYTES;
  }

  /// Adds a probe, which is copied, to a batch that is not full.
  public void add(ProbePacket packet, IpAddress target, int number) {
    int index = batch.add();
    MemorySegment.copy(packet.memory(), 0, packets, packet(index), packet.length());
    Iovec.length(vectors, vector(index), packet.length());
    if (ipv6) {
      SockaddrIn6.write(addresses, address(index), 0, target.high(), target.low(), scopeId);
    } else {
      SockaddrIn.write(addresses, address(index), 0, (int) target.low());
    }
    numbers[index] = number;
  }

  /// Whether there is no room for another probe.
  public boolean isFull() {
    return batch.isFull();
  }

  /// Whether the kernel has taken all.
  public boolean isEmpty() {
    return batch.remaining() == 0;
  }

  /// Sends what the kernel has not taken yet, as far as there is room at once, and forgets what it
  /// has taken once that is all.
  ///
  /// @return how many probes the kernel took, or `-errno` for the first
  public int send() {
    int rc = batch.send(socket, SysSocket.MSG_DONTWAIT);
    forgetAllTaken();
    return rc;
  }

  /// The number of the first probe that the kernel has not taken.
  public int first() {
    return numbers[batch.done()];
  }

  /// Leaves out the first probe that the kernel has not taken.
  public void skip() {
    batch.skip();
    forgetAllTaken();
  }

  /// Forgets all probes.
  public void clear() {
    batch.clear();
  }

  private void forgetAllTaken() {
    if (batch.remaining() == 0) {
      batch.clear();
    }
  }
}
