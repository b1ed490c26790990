package io.ringtap.testnet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.socket.NetinetIn;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SockaddrIn6;
import io.ringtap.linux.abi.socket.SysSocket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// A very simple pinger: a raw ICMP or ICMPv6 socket in a namespace. It writes and reads the
/// messages byte by byte, so that it checks the classes for wire formats and does not share their
/// mistakes.
public final class EchoSocket implements AutoCloseable {
  private static final int RECEIVE_BUFFER = 64 << 20;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment packet = arena.allocate(65536);
  private final MemorySegment address = arena.allocate(SockaddrIn6.LAYOUT);
  private final MemorySegment addressLength = arena.allocate(JAVA_INT);
  private final MemorySegment poll = arena.allocate(PollFd.LAYOUT);
  private final Socket socket;
  private final boolean ipv6;

  private EchoSocket(Socket socket, boolean ipv6) {
    this.socket = socket;
    this.ipv6 = ipv6;
  }

  public static EchoSocket open(NetworkNamespace namespace, boolean ipv6) throws IOException {
    Socket socket =
        namespace.call(() ->
            Socket.open(
                ipv6 ? SysSocket.AF_INET6 : SysSocket.AF_INET,
                SysSocket.SOCK_RAW,
                ipv6 ? NetinetIn.IPPROTO_ICMPV6 : NetinetIn.IPPROTO_ICMP,
                "test",
                ""));
    socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUFFORCE, RECEIVE_BUFFER, "SO_RCVBUFFORCE");
    return new EchoSocket(socket, ipv6);
  }

  /// A received message without its IP header, and for IPv4 the hop limit of that header.
  public static final class Answer {
    private final InetAddress from;
    private final byte[] icmp;
    private final int hopLimit;

    private Answer(InetAddress from, byte[] icmp, int hopLimit) {
      this.from = from;
      this.icmp = icmp;
      this.hopLimit = hopLimit;
    }

    public String from() {
      return from.getHostAddress();
    }

    public int hopLimit() {
      return hopLimit;
    }

    public int type() {
      return Byte.toUnsignedInt(icmp[0]);
    }

    public int code() {
      return Byte.toUnsignedInt(icmp[1]);
    }

    public int sequence() {
      return Short.toUnsignedInt(ByteBuffer.wrap(icmp).getShort(6));
    }

    /// The bytes behind the ICMP header of eight bytes.
    public byte[] payload() {
      return Arrays.copyOfRange(icmp, 8, icmp.length);
    }

    public boolean hasGoodChecksum() {
      return onesComplementSum(icmp) == 0xffff;
    }
  }

  public void send(String to, int identifier, int sequence, byte[] payload) throws IOException {
    byte[] message = request(identifier, sequence, payload);
    transmit(to, message);
  }

  /// Like [#send], but only for IPv4: the kernel corrects ICMPv6 checksums.
  public void sendWithWrongChecksum(String to, int identifier, int sequence, byte[] payload)
      throws IOException {
    byte[] message = request(identifier, sequence, payload);
    message[2] ^= 1;
    transmit(to, message);
  }

  private byte[] request(int identifier, int sequence, byte[] payload) {
    ByteBuffer message = ByteBuffer.allocate(8 + payload.length);
    message.put((byte) (ipv6 ? 128 : 8)).put((byte) 0).putShort((short) 0);
    message.putShort((short) identifier).putShort((short) sequence).put(payload);
    if (!ipv6) {
      message.putShort(2, (short) ~onesComplementSum(message.array()));
    }
    return message.array();
  }

  private void transmit(String to, byte[] message) throws IOException {
    MemorySegment.copy(message, 0, packet, JAVA_BYTE, 0, message.length);
    int addressBytes = writeAddress(to);
    long rc =
        Libc.sendto(
            CallState.current(), socket.number(), packet, message.length, 0, address, addressBytes);
    LinuxException.check((int) rc, "sendto", to);
  }

  private int writeAddress(String to) {
    ByteBuffer bytes = ByteBuffer.wrap(InetAddress.ofLiteral(to).getAddress());
    if (ipv6) {
      SockaddrIn6.write(address, 0, 0, bytes.getLong(0), bytes.getLong(8), 0);
      return SockaddrIn6.BYTES;
    }
    SockaddrIn.write(address, 0, 0, bytes.getInt(0));
    return SockaddrIn.BYTES;
  }

  /// The next message that is not a request; empty if none arrives within `patienceMillis`.
  public Optional<Answer> receive(int patienceMillis) throws IOException {
    while (true) {
      PollFd.set(poll, 0, socket.number(), PollFd.POLLIN);
      int ready = Libc.poll(CallState.current(), poll, 1, patienceMillis);
      LinuxException.check(ready, "poll", "test");
      if (ready == 0) {
        return Optional.empty();
      }
      addressLength.set(JAVA_INT, 0, (int) address.byteSize());
      long rc =
          Libc.recvfrom(
              CallState.current(),
              socket.number(),
              packet,
              packet.byteSize(),
              0,
              address,
              addressLength);
      LinuxException.check((int) rc, "recvfrom", "test");
      Answer answer = answer(packet.asSlice(0, rc).toArray(JAVA_BYTE));
      // The socket also receives neighbour discovery and router solicitations.
      if (ipv6 ? answer.type() < 128 || answer.type() == 129 : answer.type() != 8) {
        return Optional.of(answer);
      }
    }
  }

  private Answer answer(byte[] bytes) throws IOException {
    if (ipv6) {
      byte[] from = address.asSlice(8, 16).toArray(JAVA_BYTE);
      return new Answer(InetAddress.getByAddress(from), bytes, 0);
    }
    byte[] from = address.asSlice(4, 4).toArray(JAVA_BYTE);
    int header = (bytes[0] & 0xf) * 4;
    byte[] icmp = Arrays.copyOfRange(bytes, header, bytes.length);
    return new Answer(InetAddress.getByAddress(from), icmp, Byte.toUnsignedInt(bytes[8]));
  }

  public static int onesComplementSum(byte[] bytes) {
    int sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      sum += Byte.toUnsignedInt(bytes[i]) << (i % 2 == 0 ? 8 : 0);
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return sum;
  }

  @Override
  public void close() {
    socket.close();
    arena.close();
  }
}
