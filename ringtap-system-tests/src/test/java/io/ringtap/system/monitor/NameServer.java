package io.ringtap.system.monitor;

import io.ringtap.packet.IpAddress;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A name server at 127.0.0.1 of a namespace that knows IPv4 addresses of the test's, or is dead.
final class NameServer implements AutoCloseable {
  private final DatagramSocket socket;
  private final long ttlSeconds;
  private final Map<String, InetAddress> addresses = new ConcurrentHashMap<>();
  private final AtomicLong questions = new AtomicLong();
  private volatile boolean isDead;

  NameServer(NetworkNamespace namespace, long ttlSeconds) throws IOException {
    this.ttlSeconds = ttlSeconds;
    this.socket = namespace.call(() -> new DatagramSocket(53, InetAddress.getLoopbackAddress()));
    Thread _ = Thread.ofPlatform().daemon().start(this::serve);
  }

  /// @param name without the dot at the end
  void put(String name, String address) {
    addresses.put(name + ".", IpAddress.parse(address).toInetAddress());
  }

  /// From now on it reads questions and answers none.
  void die() {
    isDead = true;
  }

  void live() {
    isDead = false;
  }

  /// How many questions it has had.
  long questions() {
    return questions.get();
  }

  private void serve() {
    byte[] room = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(room, room.length);
        socket.receive(packet);
        questions.incrementAndGet();
        if (!isDead) {
          byte[] wire = answer(new Message(Arrays.copyOf(room, packet.getLength()))).toWire();
          socket.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed, or no question.
      }
    }
  }

  private Message answer(Message query) {
    Record asked = query.getQuestion();
    InetAddress address = addresses.get(asked.getName().toString());
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(asked, Section.QUESTION);
    if (address == null) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    } else if (asked.getType() == Type.A) {
      answer.addRecord(
          new ARecord(asked.getName(), DClass.IN, ttlSeconds, address), Section.ANSWER);
    }
    return answer;
  }

  @Override
  public void close() {
    socket.close();
  }
}
