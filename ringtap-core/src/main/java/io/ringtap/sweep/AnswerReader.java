package io.ringtap.sweep;

import io.ringtap.packet.Frame;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.packet.PacketHandler;
import io.ringtap.packet.TcpHeader;
import io.ringtap.packet.TcpOption;
import io.ringtap.packet.UdpHeader;
import io.ringtap.ping.StampSource;
import io.ringtap.sweep.SweepAnswer.Kind;
import io.ringtap.sweep.SweepAnswer.Novelty;
import io.ringtap.timing.StampClock;
import java.lang.foreign.MemorySegment;

/// Tells answers to this sweep's probes from all else that passed the kernel's filter, and shows
/// them to the listener. The receiving thread owns it.
final class AnswerReader implements PacketHandler {
  private static final int MICRO = 1000;

  /// By how much the clocks of departure and arrival may disagree.
  private static final int SLACK_MICROS = 1000;

  private final SweepProbe.Kind kind;
  private final ProbeSecret secret;
  private final int firstPort;
  private final int mostAttempts;
  private final int mostAgeMicros;
  private final SweepTargets targets;
  private final AnsweredSet answered;
  private final SweepTally tally;
  private final SweepListener listener;
  private final StampClock clock;
  private final SweepAnswer answer = new SweepAnswer();

  private MemorySegment memory = MemorySegment.NULL;
  private long transport; // where the header after the IP header begins
  private long end;
  private int protocol;
  private long arrivalNanos; // on the monotonic clock

  AnswerReader(
      SweepOptions options,
      ProbeSecret secret,
      Targets targets,
      SweepListener listener,
      StampClock clock) {
    kind = options.probe().kind();
    this.secret = secret;
    firstPort = options.origin().firstSourcePort();
    mostAttempts = options.schedule().attempts();
    long rounds = options.schedule().retries() + 1L;
    long age = options.schedule().timeout().toNanos() * rounds / MICRO + 1_000_000;
    mostAgeMicros = (int) Math.min(age, 1 << 30);
    this.targets = targets.targets();
    answered = targets.answered();
    tally = targets.tally();
    this.listener = listener;
    this.clock = clock;
  }

  /// What is known of the targets.
  ///
  /// @param targets all of them
  /// @param answered which have answered
  /// @param tally counts
  record Targets(SweepTargets targets, AnsweredSet answered, SweepTally tally) {}

  @Override
  public void onPacket(Frame frame) {
    memory = frame.memory();
    long offset = frame.offset();
    end = offset + frame.caplen();
    answer.memory = memory;
    answer.offset = offset;
    answer.end = end;
    answer.epochNanos = frame.epochNanos();
    arrivalNanos = clock.monotonicOf(answer.epochNanos);
    answer.stamps = clock.isTrusted() ? StampSource.KERNEL_RECEIVE : StampSource.USER;
    if (!clock.isTrusted()) {
      arrivalNanos = clock.now();
    }
    if (readIp(offset) && readTransport()) {
      show();
    } else {
      tally.invalid();
    }
  }

  private void show() {
    long index = targets.indexOf(answer.isIpv6, answer.high, answer.low, answer.port);
    if (index < 0) {
      tally.invalid();
      return;
    }
    if (answer.kind == Kind.ICMP_ERROR) {
      answer.novelty = Novelty.FIRST;
      tally.error();
    } else {
      answer.novelty = answered.mark(index, answer.attempt);
      switch (answer.novelty) {
        case FIRST -> tally.found(answer.kind == Kind.SYN_ACK);
        case REPEAT -> tally.repeated();
        case DUPLICATE -> tally.duplicated();
      }
    }
    listener.onAnswer(answer);
  }

  /// Reads the IP header of the answer, whose sender is taken to be the target until an ICMP error
  /// says otherwise.
  private boolean readIp(long offset) {
    if (end - offset < Ipv4Header.MIN_BYTES) {
      return false;
    }
    answer.isIpv6 = Ipv4Header.version(memory, offset) == 6;
    if (answer.isIpv6) {
      if (!Ipv6Header.isWhole(memory, offset, end)) {
        return false;
      }
      transport = offset + Ipv6Header.BYTES;
      protocol = Ipv6Header.nextHeader(memory, offset);
      answer.hopLimit = Ipv6Header.hopLimit(memory, offset);
      answer.fromHigh = Ipv6Header.sourceHigh(memory, offset);
      answer.fromLow = Ipv6Header.sourceLow(memory, offset);
    } else {
      if (!Ipv4Header.isWhole(memory, offset, end)) {
        return false;
      }
      transport = offset + Ipv4Header.headerLength(memory, offset);
      protocol = Ipv4Header.protocol(memory, offset);
      answer.hopLimit = Ipv4Header.timeToLive(memory, offset);
      answer.fromHigh = 0;
      answer.fromLow = Integer.toUnsignedLong(Ipv4Header.source(memory, offset));
    }
    answer.high = answer.fromHigh;
    answer.low = answer.fromLow;
    answer.port = 0;
    answer.type = 0;
    answer.code = 0;
    answer.rttNanos = SweepAnswer.UNKNOWN;
    return true;
  }

  private boolean readTransport() {
    return switch (protocol) {
      case IpProtocol.ICMP, IpProtocol.ICMPV6 -> readIcmp();
      case IpProtocol.TCP -> kind == SweepProbe.Kind.SYN && readTcp();
      case IpProtocol.UDP -> kind == SweepProbe.Kind.UDP && readUdp();
      default -> false;
    };
  }

  private boolean readIcmp() {
    if (!IcmpHeader.isWhole(memory, transport, end)) {
      return false;
    }
    answer.type = IcmpHeader.type(memory, transport);
    answer.code = IcmpHeader.code(memory, transport);
    int reply = answer.isIpv6 ? Icmpv6Type.ECHO_REPLY : IcmpType.ECHO_REPLY;
    if (answer.type == reply) {
      answer.kind = Kind.ECHO_REPLY;
      return kind == SweepProbe.Kind.ECHO && readEcho(transport, true);
    }
    answer.kind = Kind.ICMP_ERROR;
    return readQuoted(transport + IcmpHeader.BYTES);
  }

  /// Reads the probe that an ICMP error quotes.
  private boolean readQuoted(long quoted) {
    long header;
    int salt;
    if (answer.isIpv6) {
      header = quoted + Ipv6Header.BYTES;
      if (end - header < IcmpHeader.BYTES) {
        return false;
      }
      answer.high = Ipv6Header.destinationHigh(memory, quoted);
      answer.low = Ipv6Header.destinationLow(memory, quoted);
      salt = Ipv6Header.flowLabel(memory, quoted);
    } else {
      if (!Ipv4Header.isWholeQuoted(memory, quoted, end)) {
        return false;
      }
      header = quoted + Ipv4Header.headerLength(memory, quoted);
      if (end - header < IcmpHeader.BYTES) {
        return false;
      }
      answer.low = Integer.toUnsignedLong(Ipv4Header.destination(memory, quoted));
      salt = Ipv4Header.identification(memory, quoted);
    }
    return switch (kind) {
      case ECHO -> readEcho(header, false) && salt == secret.salt(hash());
      case SYN, UDP -> {
        answer.port = UdpHeader.destinationPort(memory, header);
        long hash = hashOfPort(UdpHeader.sourcePort(memory, header));
        if (hash == 0 || salt != secret.salt(hash)) {
          yield false;
        }
        yield kind == SweepProbe.Kind.UDP || readSequence(hash, TcpHeader.sequence(memory, header));
      }
    };
  }

  private long hash() {
    return secret.hash(answer.isIpv6, answer.high, answer.low, answer.port, answer.attempt);
  }

  /// Reads an echo, the reply's own or a quoted one.
  ///
  /// @param isWhole whether it must hold the cookie; a router may have quoted less
  private boolean readEcho(long offset, boolean isWhole) {
    int sequence = IcmpHeader.sequence(memory, offset);
    answer.attempt = secret.attempt(sequence);
    if (answer.attempt >= mostAttempts) {
      return false;
    }
    long hash = hash();
    if (IcmpHeader.identifier(memory, offset) != secret.identifier()
        || sequence != secret.echoSequence(hash, answer.attempt)) {
      return false;
    }
    long data = offset + IcmpHeader.BYTES;
    if (end - data < ProbeWriter.ECHO_PAYLOAD_BYTES) {
      return !isWhole;
    }
    long sentNanos = NetworkOrder.doubleWord(memory, data);
    if (NetworkOrder.doubleWord(memory, data + Long.BYTES) != secret.echoCookie(hash, sentNanos)) {
      return false;
    }
    answer.rttNanos = Math.max(0, arrivalNanos - sentNanos);
    return true;
  }

  private boolean readTcp() {
    if (!TcpHeader.isWhole(memory, transport, end)) {
      return false;
    }
    int flags = TcpHeader.flags(memory, transport);
    answer.kind = (flags & TcpHeader.RST) != 0 ? Kind.RST : Kind.SYN_ACK;
    answer.port = TcpHeader.sourcePort(memory, transport);
    long hash = hashOfPort(TcpHeader.destinationPort(memory, transport));
    if ((flags & TcpHeader.ACK) == 0
        || hash == 0
        || !readSequence(hash, TcpHeader.acknowledgment(memory, transport) - 1)) {
      return false;
    }
    if (answer.kind == Kind.SYN_ACK) {
      readTimestamp();
    }
    return true;
  }

  /// Reads the probe's number from its source port.
  ///
  /// @return the probe's hash; 0 if no probe to the target has that port
  private long hashOfPort(int port) {
    answer.attempt = secret.attempt(port - firstPort);
    if (answer.attempt >= mostAttempts) {
      return 0;
    }
    long hash = hash();
    return secret.sourcePort(hash, answer.attempt) == port ? hash : 0;
  }

  /// Reads the send time from a probe's sequence number.
  ///
  /// @return false if it is not one of the latest that could have been sent
  private boolean readSequence(long hash, int sequence) {
    long arrivalMicros = arrivalNanos / MICRO;
    int age = (int) arrivalMicros - (sequence - secret.tcpSequence(hash));
    if (age < -SLACK_MICROS || age > mostAgeMicros) {
      return false;
    }
    answer.rttNanos = Math.max(0, arrivalNanos - (arrivalMicros - age) * MICRO);
    return true;
  }

  /// Reads the send time from the timestamps option, if the target has returned it: it is more
  /// exact than that of the sequence number.
  private void readTimestamp() {
    long option = transport + TcpHeader.MIN_BYTES;
    long last = Math.min(end, transport + TcpHeader.headerLength(memory, transport));
    while (option < last && TcpOption.kind(memory, option) != TcpOption.END) {
      int length = TcpOption.length(memory, option, last);
      if (length <= 0) {
        return;
      }
      if (TcpOption.kind(memory, option) == TcpOption.TIMESTAMPS && length == 10) {
        int units = NetworkOrder.word(memory, option + 6);
        long age =
            (long) ((int) (arrivalNanos >>> ProbeWriter.TIMESTAMP_SHIFT) - units)
                << ProbeWriter.TIMESTAMP_SHIFT;
        if (age >= 0 && Math.abs(age - answer.rttNanos) <= 2 * MICRO) {
          answer.rttNanos = age;
        }
        return;
      }
      option += length;
    }
  }

  private boolean readUdp() {
    if (!UdpHeader.isWhole(memory, transport, end)) {
      return false;
    }
    answer.kind = Kind.UDP_REPLY;
    answer.port = UdpHeader.sourcePort(memory, transport);
    return hashOfPort(UdpHeader.destinationPort(memory, transport)) != 0;
  }
}
