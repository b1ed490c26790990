package io.ringtap.device;

import io.ringtap.linux.abi.netlink.Nlmsghdr;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Builds netlink messages byte by byte, as the kernel lays them out.
final class TestMessage {
  static final int NEW_LINK = 16;
  static final int DEL_LINK = 17;
  static final int NEW_ADDRESS = 20;

  private final int type;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private TestMessage(int type) {
    this.type = type;
  }

  /// `struct ifinfomsg` and nothing behind it.
  static TestMessage link(int type, int family, int hardwareType, int index, int flags) {
    TestMessage message = new TestMessage(type);
    ByteBuffer info = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    info.put((byte) family).put((byte) 0).putShort((short) hardwareType);
    info.putInt(index).putInt(flags).putInt(0);
    message.body.writeBytes(info.array());
    return message;
  }

  /// `struct ifaddrmsg` and nothing behind it.
  static TestMessage address(int family, int prefixLength, int index) {
    TestMessage message = new TestMessage(NEW_ADDRESS);
    ByteBuffer info = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    info.put((byte) family).put((byte) prefixLength).put((byte) 0).put((byte) 0).putInt(index);
    message.body.writeBytes(info.array());
    return message;
  }

  TestMessage with(int attribute, byte[] data) {
    ByteBuffer head = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder());
    head.putShort((short) (4 + data.length)).putShort((short) attribute);
    body.writeBytes(head.array());
    body.writeBytes(data);
    body.writeBytes(new byte[-data.length & 3]);
    return this;
  }

  TestMessage with(int attribute, int value) {
    return with(
        attribute, ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array());
  }

  TestMessage with(int attribute, String text) {
    return with(attribute, (text + "\0").getBytes(StandardCharsets.UTF_8));
  }

  /// Numbers in a row, as a struct of counters has them.
  TestMessage with(int attribute, long[] values) {
    ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.nativeOrder());
    for (long value : values) {
      data.putLong(value);
    }
    return with(attribute, data.array());
  }

  MemorySegment build(Arena arena) {
    byte[] octets = body.toByteArray();
    MemorySegment message = arena.allocate(Nlmsghdr.BYTES + octets.length, Long.BYTES);
    Nlmsghdr.write(message, 0, type, 0);
    Nlmsghdr.length(message, 0, (int) message.byteSize());
    MemorySegment.copy(octets, 0, message, ValueLayout.JAVA_BYTE, Nlmsghdr.BYTES, octets.length);
    return message;
  }
}
