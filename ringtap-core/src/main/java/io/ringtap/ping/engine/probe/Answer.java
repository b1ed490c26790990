package io.ringtap.ping.engine.probe;

import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.timing.RoundTripTimer;
import java.lang.foreign.ValueLayout;

/// An answer to a probe, measured and judged. The judge lends one object, filled anew for each
/// answer, for as long as a call of [ProbeSeries.Listener] takes.
public final class Answer {
  /// What a reply is worth.
  public enum Verdict {
    /// It answers no probe of ours.
    FOREIGN,
    /// It brings back what was sent.
    INTACT,
    /// Its ICMP checksum is wrong.
    BAD_CHECKSUM,
    /// Its checksum is right and its payload is not ours.
    BAD_PAYLOAD,
    /// Bytes are missing.
    CUT_SHORT
  }

  private static final byte[] NO_OPTIONS = {};

  private long sequence;
  private Verdict verdict = Verdict.FOREIGN;
  private EchoMessage message = new EchoMessage();
  private boolean ipv6;
  private long rttNanos;
  private boolean isArrivalStamped;
  private boolean isDepartureStamped;
  private boolean isDepartureUnseen;
  private int icmpType;
  private int icmpCode;
  private int mtu;

  Answer() {}

  /// Takes up an answer, with the time that was measured up to it.
  void set(long newSequence, boolean isIpv6, EchoMessage newMessage, RoundTripTimer timer) {
    sequence = newSequence;
    ipv6 = isIpv6;
    message = newMessage;
    rttNanos = timer.rttNanos();
    isArrivalStamped = timer.isArrivalStamped();
    isDepartureStamped = timer.isDepartureStamped();
  }

  void verdict(Verdict newVerdict) {
    verdict = newVerdict;
  }

  void departureUnseen(boolean isUnseen) {
    isDepartureUnseen = isUnseen;
  }

  void error(int newType, int newCode, int newMtu) {
    icmpType = newType;
    icmpCode = newCode;
    mtu = newMtu;
  }

  /// The probe's number in its series, from 1.
  public long sequence() {
    return sequence;
  }

  public Verdict verdict() {
    return verdict;
  }

  /// Who answered, as an object made for the caller.
  public IpAddress from() {
    return ipv6
        ? IpAddress.ofIpv6(message.fromHigh, message.fromLow)
        : IpAddress.ofIpv4((int) message.fromLow);
  }

  public long rttNanos() {
    return rttNanos;
  }

  /// Whether the round trip ends with the kernel's stamp of the answer; if not, it was read by this
  /// process.
  public boolean isArrivalStamped() {
    return isArrivalStamped;
  }

  /// Whether the round trip begins with the kernel's stamp of the departure; if not, it was read
  /// just before the send call.
  public boolean isDepartureStamped() {
    return isDepartureStamped;
  }

  /// Whether the probe's departure should have been seen, and was not.
  public boolean isDepartureUnseen() {
    return isDepartureUnseen;
  }

  /// Type of an ICMP error.
  public int icmpType() {
    return icmpType;
  }

  /// Code of an ICMP error.
  public int icmpCode() {
    return icmpCode;
  }

  /// The MTU that an ICMP error reports, in bytes; 0 if it reports none.
  public int mtu() {
    return mtu;
  }

  /// Bytes after the ICMP header.
  public int payloadBytes() {
    return (int) (message.end - message.icmp) - IcmpHeader.BYTES;
  }

  /// TTL or hop limit that it arrived with; 0 if unknown.
  public int hopLimit() {
    return message.hopLimit;
  }

  /// TOS or traffic class that it arrived with; -1 if unknown.
  public int trafficClass() {
    return message.trafficClass;
  }

  /// The options of the IPv4 header that it came with, as an array made for the caller; empty if
  /// there are none, or if the header was not there.
  public byte[] headerOptions() {
    long begin = message.ip + Ipv4Header.MIN_BYTES;
    return message.ip < 0 || message.icmp <= begin
        ? NO_OPTIONS
        : message.memory.asSlice(begin, message.icmp - begin).toArray(ValueLayout.JAVA_BYTE);
  }

  /// Whether it is a whole timestamp reply, which has [times][#timeMillis].
  public boolean hasTimes() {
    return !ipv6
        && message.end - message.icmp >= IcmpHeader.BYTES + ProbeForm.TIMESTAMP_BYTES
        && IcmpHeader.type(message.memory, message.icmp) == IcmpType.TIMESTAMP_REPLY;
  }

  /// One of the times of a timestamp reply, in milliseconds since midnight UT.
  ///
  /// @param index 0, when the request was sent; 1, when it was received; 2, when it was answered
  public int timeMillis(int index) {
    long times = message.icmp + IcmpHeader.BYTES;
    return NetworkOrder.word(message.memory, times + (long) index * Integer.BYTES);
  }

  /// The kernel's stamp of its arrival, in nanoseconds since the epoch.
  public long epochNanos() {
    return message.stamp;
  }
}
