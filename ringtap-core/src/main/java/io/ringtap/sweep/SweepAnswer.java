package io.ringtap.sweep;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.StampSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// An answer to a probe, as a [SweepListener] is shown it. It is lent: one object for all answers
/// of a sweep in turn, valid until the call returns. What is to be kept is copied from it, as a
/// whole by [#copy].
public final class SweepAnswer {
  /// A round-trip time that is not known.
  public static final long UNKNOWN = -1;

  /// What came back.
  public enum Kind {
    /// An echo reply.
    ECHO_REPLY("echo-reply"),
    /// SYN and ACK: the port is open.
    SYN_ACK("syn-ack"),
    /// RST: the host is there, the port is closed.
    RST("rst"),
    /// A UDP datagram from the port.
    UDP_REPLY("udp-reply"),
    /// An ICMP error that quotes the probe, from the target or a router.
    ICMP_ERROR("icmp-error");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /// The word that stands in output, such as `syn-ack`.
    public String word() {
      return word;
    }
  }

  /// Whether a target has answered before.
  public enum Novelty {
    /// The target's first answer.
    FIRST,
    /// The target has answered another of its probes before.
    REPEAT,
    /// The target has answered this probe before.
    DUPLICATE
  }

  boolean isIpv6;
  Kind kind = Kind.ECHO_REPLY;
  Novelty novelty = Novelty.FIRST;
  long high;
  long low;
  int port;
  long fromHigh;
  long fromLow;
  int type;
  int code;
  int hopLimit;
  int attempt;
  long rttNanos;
  long epochNanos;
  StampSource stamps = StampSource.KERNEL_RECEIVE;

  MemorySegment memory = MemorySegment.NULL;
  long offset;
  long end;

  SweepAnswer() {}

  /// An answer that was kept, to be shown once more; another object for each.
  public static SweepAnswer of(KeptAnswer kept) {
    SweepAnswer answer = new SweepAnswer();
    answer.isIpv6 = kept.target().isIpv6();
    answer.kind = kept.kind();
    answer.novelty = kept.novelty();
    answer.high = kept.target().high();
    answer.low = kept.target().low();
    answer.port = kept.port();
    answer.fromHigh = kept.from().high();
    answer.fromLow = kept.from().low();
    answer.type = kept.type();
    answer.code = kept.code();
    answer.hopLimit = kept.hopLimit();
    answer.attempt = kept.attempt();
    answer.rttNanos = kept.rttNanos();
    answer.epochNanos = kept.epochNanos();
    answer.stamps = kept.stamps();
    answer.memory = kept.packet();
    answer.end = kept.packet().byteSize();
    return answer;
  }

  /// A copy that may be kept, with the packet.
  public KeptAnswer copy() {
    byte[] packet = memory.asSlice(offset, end - offset).toArray(ValueLayout.JAVA_BYTE);
    return copy(MemorySegment.ofArray(packet).asReadOnly());
  }

  /// A copy that may be kept, without the packet.
  public KeptAnswer copyWithoutPacket() {
    return copy(MemorySegment.NULL);
  }

  private KeptAnswer copy(MemorySegment packet) {
    return new KeptAnswer(
        kind,
        novelty,
        address(),
        port,
        from(),
        type,
        code,
        hopLimit,
        attempt,
        rttNanos,
        epochNanos,
        stamps,
        packet);
  }

  /// What came back.
  public Kind kind() {
    return kind;
  }

  /// Whether the target has answered before. ICMP errors are always [Novelty#FIRST]: they are not
  /// remembered.
  public Novelty novelty() {
    return novelty;
  }

  /// Whether the addresses are IPv6.
  public boolean isIpv6() {
    return isIpv6;
  }

  /// The first eight bytes of the target's IPv6 address; 0 for IPv4.
  public long high() {
    return high;
  }

  /// The last eight bytes of the target's IPv6 address, or its IPv4 address as an unsigned number.
  public long low() {
    return low;
  }

  /// The target's address, as an object made now.
  public IpAddress address() {
    return new IpAddress(isIpv6, high, low);
  }

  /// The port that was probed; 0 if probes have none.
  public int port() {
    return port;
  }

  /// The first eight bytes of the IPv6 address that the answer came from, which for an ICMP error
  /// may be a router's; 0 for IPv4.
  public long fromHigh() {
    return fromHigh;
  }

  /// The last eight bytes of the IPv6 address that the answer came from, or the IPv4 address.
  public long fromLow() {
    return fromLow;
  }

  /// The address that the answer came from, as an object made now.
  public IpAddress from() {
    return new IpAddress(isIpv6, fromHigh, fromLow);
  }

  /// The ICMP type of echo replies and errors; 0 for others.
  public int type() {
    return type;
  }

  /// The ICMP code of errors; 0 for others.
  public int code() {
    return code;
  }

  /// The TTL or hop limit that the answer arrived with.
  public int hopLimit() {
    return hopLimit;
  }

  /// The number of the probe among those to the target, from 0.
  public int attempt() {
    return attempt;
  }

  /// From departure to arrival, in nanoseconds; [#UNKNOWN] if the answer carries no send time: UDP
  /// replies, and errors that quote too little.
  public long rttNanos() {
    return rttNanos;
  }

  /// When the answer arrived, in nanoseconds since the epoch.
  public long epochNanos() {
    return epochNanos;
  }

  /// The memory in which the packet lies, for what else is to be read of it.
  public MemorySegment memory() {
    return memory;
  }

  /// Where the packet's IP header begins, in [#memory].
  public long offset() {
    return offset;
  }

  /// Where what was kept of the packet ends: its first 256 bytes at the most.
  public long end() {
    return end;
  }

  /// Where the ends of the round-trip time came from. A departure is read in user space before the
  /// send call: [StampSource#KERNEL_RECEIVE], or [StampSource#USER] if the real-time clock has been
  /// set meanwhile.
  public StampSource stamps() {
    return stamps;
  }
}
