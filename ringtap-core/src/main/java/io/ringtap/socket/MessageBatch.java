package io.ringtap.socket;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.socket.Mmsghdr;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The messages of one `sendmmsg(2)`, which may take several calls. Whoever owns it lays them out
/// once, and then only changes what is in them.
///
/// One thread at a time uses it.
public final class MessageBatch {
  private final int capacity;
  private final MemorySegment callState;
  private final MemorySegment messages;
  private final MemorySegment[] tails; // the messages from each index on
  private int count;
  private int done;

  /// A batch of at most `capacity` messages.
  public MessageBatch(int capacity, Arena arena) {
    this.capacity = capacity;
    callState = CallState.allocate(arena);
    messages = arena.allocate(Mmsghdr.LAYOUT, capacity);
    tails = new MemorySegment[capacity];
    for (int i = 0; i < capacity; i++) {
      tails[i] = messages.asSlice(i * Mmsghdr.BYTES);
    }
  }

  /// The headers of the messages ([Mmsghdr]), to be laid out.
  public MemorySegment headers() {
    return messages;
  }

  /// Adds the next message to a batch that is not full.
  ///
  /// @return its index
  public int add() {
    return count++;
  }

  /// Messages that have been added.
  public int size() {
    return count;
  }

  /// Whether there is no room for another message.
  public boolean isFull() {
    return count == capacity;
  }

  /// Sends what has not been taken yet, as far as there is room at once.
  ///
  /// @param socket to send through
  /// @param flags of the call, such as `MSG_DONTWAIT`
  /// @return how many messages the kernel took, from [#done] on, or `-errno` for the first of them
  public int send(int socket, int flags) {
    int rc = Libc.sendmmsg(callState, socket, tails[done], count - done, flags);
    done += Math.max(0, rc);
    return rc;
  }

  /// Index of the first message that the kernel has not taken.
  public int done() {
    return done;
  }

  /// Messages that the kernel has not taken.
  public int remaining() {
    return count - done;
  }

  /// Leaves out the first message that the kernel has not taken.
  public void skip() {
    done++;
  }

  /// Forgets all messages.
  public void clear() {
    count = 0;
    done = 0;
  }
}
