package io.ringtap.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.netlink.Netlink;
import io.ringtap.linux.abi.netlink.Nlmsghdr;
import io.ringtap.linux.abi.netlink.Rtattr;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// One rtnetlink request under construction: the header, the fixed struct of its family, then
/// attributes, some of which contain further ones.
public final class NetlinkRequest {
  private static final int CAPACITY = 1024;

  private final MemorySegment memory;
  private int length = Nlmsghdr.BYTES;

  /// Begins a request of `type`, such as `RTM_NEWLINK`.
  ///
  /// @param flags those beyond `NLM_F_REQUEST`, which is always set
  public NetlinkRequest(Arena arena, int type, int flags) {
    memory = arena.allocate(CAPACITY, Integer.BYTES);
    Nlmsghdr.write(memory, 0, type, flags | Netlink.NLM_F_REQUEST);
  }

  /// Reserves `bytes`, filled with zeros, for a fixed struct that the caller then writes.
  public long struct(int bytes) {
    int offset = length;
    length += Rtattr.align(bytes);
    return offset;
  }

  /// The memory into which the offset returned by [#struct] points.
  public MemorySegment memory() {
    return memory;
  }

  public NetlinkRequest add(int attribute, int value) {
    memory.set(JAVA_INT, begin(attribute, Integer.BYTES), value);
    return this;
  }

  public NetlinkRequest add(int attribute, byte[] value) {
    MemorySegment.copy(value, 0, memory, JAVA_BYTE, begin(attribute, value.length), value.length);
    return this;
  }

  /// Adds text, terminated by a zero byte.
  public NetlinkRequest add(int attribute, String value) {
    return add(attribute, (value + "\0").getBytes(StandardCharsets.UTF_8));
  }

  /// Begins an attribute that contains everything added until [#end].
  ///
  /// @return the argument for `end`
  public int nest(int attribute) {
    int offset = length;
    begin(attribute, 0);
    return offset;
  }

  public NetlinkRequest end(int nested) {
    Rtattr.length(memory, nested, length - nested);
    return this;
  }

  /// The finished message.
  MemorySegment message(int sequence, int flags) {
    Nlmsghdr.length(memory, 0, length);
    Nlmsghdr.sequence(memory, 0, sequence);
    Nlmsghdr.flags(memory, 0, Nlmsghdr.flags(memory, 0) | flags);
    return memory.asSlice(0, length);
  }

  private long begin(int attribute, int data) {
    int offset = length;
    Rtattr.write(memory, offset, attribute, data);
    length += Rtattr.align(Rtattr.BYTES + data);
    return Rtattr.data(offset);
  }
}
