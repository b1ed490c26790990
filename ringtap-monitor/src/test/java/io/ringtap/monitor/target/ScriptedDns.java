package io.ringtap.monitor.target;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A name server on the loopback interface that answers what the test says, by UDP.
final class ScriptedDns implements AutoCloseable {
  /// @param code one of [Rcode], or [#SILENCE]
  private record Reply(int code, List<Record> records) {}

  private static final int SILENCE = -1;

  /// Questions that came, as `name TYPE`.
  final List<String> questions = new CopyOnWriteArrayList<>();

  private final DatagramSocket socket;
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();

  ScriptedDns() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread _ = Thread.ofPlatform().daemon().start(this::serve);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /// Answers a question with records in the form of zone files, without the name of the owner if it
  /// is the one that is asked for.
  ///
  /// @param question `name TYPE`
  /// @param records each `[owner] TTL TYPE DATA`
  void answer(String question, String... records) {
    replies.put(
        question,
        new Reply(Rcode.NOERROR, Arrays.stream(records).map(ScriptedDns::record).toList()));
  }

  void fail(String question, int code) {
    replies.put(question, new Reply(code, List.of()));
  }

  void keepSilent(String question) {
    replies.put(question, new Reply(SILENCE, List.of()));
  }

  private static Record record(String text) {
    try {
      List<String> words = List.of(text.split(" ", 4));
      return Record.fromString(
          Name.fromString(words.get(0)),
          Type.value(words.get(2)),
          DClass.IN,
          Long.parseLong(words.get(1)),
          words.get(3),
          Name.root);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private void serve() {
    byte[] room = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(room, room.length);
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(room, packet.getLength()));
        Record asked = query.getQuestion();
        String question = asked.getName() + " " + Type.string(asked.getType());
        questions.add(question);
        Reply reply = replies.getOrDefault(question, new Reply(Rcode.NXDOMAIN, List.of()));
        if (reply.code != SILENCE) {
          byte[] wire = message(query, reply).toWire();
          socket.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed, or no query.
      }
    }
  }

  private static Message message(Message query, Reply reply) {
    Message message = new Message(query.getHeader().getID());
    Header header = message.getHeader();
    header.setFlag(Flags.QR);
    header.setFlag(Flags.RA);
    header.setRcode(reply.code);
    message.addRecord(query.getQuestion(), Section.QUESTION);
    for (Record each : new ArrayList<>(reply.records)) {
      message.addRecord(each, Section.ANSWER);
    }
    return message;
  }

  @Override
  public void close() {
    socket.close();
  }
}
