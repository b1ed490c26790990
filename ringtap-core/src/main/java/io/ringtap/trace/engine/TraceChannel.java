package io.ringtap.trace.engine;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.socket.MessageReader;
import io.ringtap.socket.PollSet;
import io.ringtap.socket.RawSockets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sockets of one address family: one to send through, one for ICMP, and for TCP probes one for
/// the destinations' segments.
final class TraceChannel implements AutoCloseable {
  private final boolean ipv6;
  private final AnswerParser parser;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final ProbeBatch batch;
  private final MessageReader errors;
  private final @Nullable MessageReader segments;

  private TraceChannel(
      boolean ipv6, Socket sender, ProbeIdentity identity, int interfaceIndex, Arena arena)
      throws LinuxException {
    this.ipv6 = ipv6;
    parser = new AnswerParser(identity, ipv6);
    batch = new ProbeBatch(ipv6, sender.number(), interfaceIndex, arena);
    opened.add(sender);
    try {
      Socket icmp = own(RawSockets.receiver(ipv6, TraceFilter.answers(identity, ipv6)));
      errors = new MessageReader(icmp, ipv6, true, arena);
      opened.add(errors);
      RawSockets.showAnswers(icmp, ipv6);
      if (identity.protocol() == IpProtocol.TCP) {
        Socket tcp =
            own(
                RawSockets.segmentReceiver(
                    ipv6, IpProtocol.TCP, TraceFilter.segments(identity, ipv6)));
        segments = new MessageReader(tcp, ipv6, true, arena);
        opened.add(segments);
      } else {
        segments = null;
      }
    } catch (LinuxException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Socket own(@Nullable Socket socket) {
    if (socket == null) {
      throw new IllegalStateException("the system has lost IPv6");
    }
    opened.add(socket);
    return socket;
  }

  /// Opens all in the network namespace of the calling thread.
  ///
  /// @return null if the system does not have IPv6
  static @Nullable TraceChannel open(
      boolean ipv6, ProbeIdentity identity, int interfaceIndex, Arena arena) throws LinuxException {
    Socket sender = RawSockets.packetSender(ipv6);
    if (sender == null) {
      return null;
    }
    if (interfaceIndex != 0) {
      int _ = sender.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_BINDTOIFINDEX, interfaceIndex);
    }
    return new TraceChannel(ipv6, sender, identity, interfaceIndex, arena);
  }

  /// What is to be sent.
  ProbeBatch batch() {
    return batch;
  }

  void watch(PollSet descriptors) {
    PollSet _ = descriptors.add(errors.number());
    if (segments != null) {
      PollSet _ = descriptors.add(segments.number());
    }
  }

  /// Shows the answers that have come.
  ///
  /// @param tap drained before each batch of answers, so that departures are shown first
  void drain(TraceTap tap, TraceSockets.Judge judge) {
    drain(errors, false, tap, judge);
    if (segments != null) {
      drain(segments, true, tap, judge);
    }
  }

  private void drain(MessageReader reader, boolean isTcp, TraceTap tap, TraceSockets.Judge judge) {
    int received;
    do {
      received = reader.receive();
      if (received > 0) {
        tap.drain(judge);
      }
      for (int i = 0; i < received; i++) {
        reader.select(i);
        if (parse(reader, isTcp)) {
          judge.onAnswer(parser.answer());
        }
        reader.release();
      }
    } while (MessageReader.isFull(received));
  }

  private boolean parse(MessageReader reader, boolean isTcp) {
    MemorySegment memory = reader.memory();
    long at = reader.begin();
    int hopLimit = reader.hopLimit();
    if (!ipv6) {
      if (!Ipv4Header.isWhole(memory, at, reader.end())) {
        return false;
      }
      hopLimit = Ipv4Header.timeToLive(memory, at);
      at += Ipv4Header.headerLength(memory, at);
    }
    parser.begin(reader.addressHigh(), reader.addressLow(), hopLimit, reader.stamp());
    return isTcp ? parser.tcp(memory, at, reader.end()) : parser.icmp(memory, at, reader.end());
  }

  /// Messages for which there was no room, so far.
  long dropped() {
    return errors.dropped() + (segments == null ? 0 : segments.dropped());
  }

  @Override
  public void close() {
    for (AutoCloseable each : opened.reversed()) {
      TraceSockets.close(each);
    }
  }
}
