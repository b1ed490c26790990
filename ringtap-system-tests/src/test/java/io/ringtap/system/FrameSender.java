package io.ringtap.system;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.socket.Iovec;
import io.ringtap.linux.abi.socket.Mmsghdr;
import io.ringtap.linux.abi.socket.Msghdr;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.testnet.Link;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/// Sends frames by a packet socket. When a call returns, the kernel has taken the frames, all of
/// them: the number that were sent is known exactly. One thread uses it.
public final class FrameSender implements AutoCloseable {
  /// Where the sequence number of a numbered frame stands, behind Ethernet, IPv4 and UDP headers.
  public static final int SEQUENCE_OFFSET = 42;

  /// The destination of numbered frames, which is nobody's.
  public static final String NOBODY = "0200000000ff";

  private static final int BATCH = 32;
  private static final int SOURCE_PORT = 34;
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final Socket socket;

  private FrameSender(Socket socket) {
    this.socket = socket;
  }

  /// A sender on `link`.
  public static FrameSender on(Link link) throws IOException {
    int index = link.index();
    return link.namespace()
        .call(() -> {
          Socket socket = Socket.open(SysSocket.AF_PACKET, SysSocket.SOCK_RAW, 0, "test", "");
          try (Arena setUp = Arena.ofConfined()) {
            MemorySegment address = setUp.allocate(SockaddrLl.LAYOUT);
            SockaddrLl.write(address, 0, 0, index);
            socket.bind(address); // by protocol 0 it sends and hears nothing
            return new FrameSender(socket);
          } catch (LinuxException e) {
            socket.close();
            throw e;
          }
        });
  }

  /// Sends frames, each as it is.
  public void send(byte[]... frames) throws IOException {
    for (byte[] frame : frames) {
      try (Arena call = Arena.ofConfined()) {
        MemorySegment memory = call.allocateFrom(ValueLayout.JAVA_BYTE, frame);
        long rc;
        do {
          rc =
              Libc.sendto(
                  CallState.current(),
                  socket.number(),
                  memory,
                  frame.length,
                  0,
                  MemorySegment.NULL,
                  0);
        } while (Errno.ENOBUFS.is(rc));
        LinuxException.check((int) rc, "sendto", "test");
      }
    }
  }

  /// Sends `count` frames of the smallest size, numbered from `first`, as one flow.
  public void number(long first, int count) throws IOException {
    number(first, count, 60, 1);
  }

  /// Sends `count` numbered UDP packets of `flows` flows, which take turns.
  public void number(long first, int count, int size, int flows) throws IOException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment frames = call.allocate((long) size * BATCH);
      MemorySegment messages = call.allocate(Mmsghdr.LAYOUT, BATCH);
      MemorySegment iovecs = call.allocate(Iovec.LAYOUT, BATCH);
      byte[] template = udp(size);
      for (int i = 0; i < BATCH; i++) {
        MemorySegment frame = frames.asSlice((long) i * size, size);
        MemorySegment.copy(template, 0, frame, ValueLayout.JAVA_BYTE, 0, size);
        long iovec = i * Iovec.LAYOUT.byteSize();
        Iovec.set(iovecs, iovec, frame, size);
        Msghdr.iov(messages, i * Mmsghdr.BYTES, iovecs.asSlice(iovec), 1);
      }
      for (int sent = 0; sent < count; ) {
        int batch = Math.min(BATCH, count - sent);
        for (int i = 0; i < batch; i++) {
          long sequence = first + sent + i;
          long frame = (long) i * size;
          frames.set(U64, frame + SEQUENCE_OFFSET, sequence);
          frames.set(U16, frame + SOURCE_PORT, (short) (1024 + sequence % flows));
        }
        int rc = Libc.sendmmsg(CallState.current(), socket.number(), messages, batch, 0);
        if (!Errno.ENOBUFS.is(rc)) { // a full queue on the way: the frame is to be sent again
          sent += LinuxException.check(rc, "sendmmsg", "test");
        }
      }
    }
  }

  /// A UDP packet in an Ethernet frame, for nobody.
  private static byte[] udp(int size) {
    ByteBuffer frame = ByteBuffer.allocate(size);
    frame.put(HexFormat.of().parseHex(NOBODY + "020000000001" + "0800"));
    frame.put((byte) 0x45).put((byte) 0).putShort((short) (size - 14)).putInt(0);
    frame.put((byte) 64).put((byte) 17).putShort((short) 0);
    frame.putInt(0x0A000001).putInt(0x0A000002);
    frame.putShort((short) 1024).putShort((short) 9).putShort((short) (size - 34));
    return frame.array();
  }

  /// Bytes from hexadecimal text, in which spaces do not count.
  public static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /// Bytes as a list, which compares and prints.
  public static List<Byte> list(byte[] octets) {
    return IntStream.range(0, octets.length).mapToObj(i -> octets[i]).toList();
  }

  @Override
  public void close() {
    socket.close();
  }
}
