package io.ringtap.trace.engine;

import io.ringtap.packet.IpAddress;
import java.util.Arrays;

/// What a packet says of the probe that it answers, before anyone has checked that there is one.
/// Whoever reads packets has one, fills it anew for each, and lends it for the call. Addresses are
/// in the form of [IpAddress]'s components.
public final class Answer {
  /// Entries of a label stack that are kept.
  private static final int MOST_LABELS = 16;

  /// Who has sent it.
  public boolean isIpv6;

  public long fromHigh;
  public long fromLow;

  /// The hop limit that it came with; 0 if unknown.
  public int hopLimit;

  /// Stamp of its arrival, in nanoseconds since the epoch; 0 if it has none.
  public long stamp;

  /// Of the probe.
  public int number;

  /// Where the probe was going.
  public long targetHigh;

  public long targetLow;

  /// Whether it is an ICMP error; else the destination itself has answered, and the rest is 0.
  public boolean isError;

  public int type;
  public int code;

  /// That the error reports; 0 if it does not.
  public int mtu;

  /// The quoted probe's when the router judged it.
  public int quotedHopLimit;

  public int quotedTrafficClass;
  public long quotedSourceHigh;
  public long quotedSourceLow;

  /// The quoted probe's identifier or source port.
  public int quotedFlow;

  /// The quoted probe's checksum; -1 if it is not quoted.
  public int quotedChecksum;

  private final int[] labels = new int[MOST_LABELS];
  private int labelCount;

  /// One that is not filled in.
  public Answer() {}

  /// MPLS label stack entries, outermost first.
  public int[] labels() {
    return Arrays.copyOf(labels, labelCount);
  }

  void addLabel(int entry) {
    if (labelCount < MOST_LABELS) {
      labels[labelCount++] = entry;
    }
  }

  /// Fills it in for a packet that has arrived; of the probe nothing is known yet.
  void begin(long newFromHigh, long newFromLow, int newHopLimit, long newStamp) {
    fromHigh = newFromHigh;
    fromLow = newFromLow;
    hopLimit = newHopLimit;
    stamp = newStamp;
    number = 0;
    isError = false;
    type = 0;
    code = 0;
    mtu = 0;
    quotedHopLimit = 0;
    quotedTrafficClass = 0;
    quotedSourceHigh = 0;
    quotedSourceLow = 0;
    quotedFlow = 0;
    quotedChecksum = -1;
    labelCount = 0;
  }

  /// The destination itself has answered a probe.
  void isReplyTo(int probe) {
    number = probe;
    targetHigh = fromHigh;
    targetLow = fromLow;
  }

  /// Becomes like another one.
  public void copy(Answer other) {
    isIpv6 = other.isIpv6;
    begin(other.fromHigh, other.fromLow, other.hopLimit, other.stamp);
    number = other.number;
    targetHigh = other.targetHigh;
    targetLow = other.targetLow;
    isError = other.isError;
    type = other.type;
    code = other.code;
    mtu = other.mtu;
    quotedHopLimit = other.quotedHopLimit;
    quotedTrafficClass = other.quotedTrafficClass;
    quotedSourceHigh = other.quotedSourceHigh;
    quotedSourceLow = other.quotedSourceLow;
    quotedFlow = other.quotedFlow;
    quotedChecksum = other.quotedChecksum;
    labelCount = other.labelCount;
    System.arraycopy(other.labels, 0, labels, 0, labelCount);
  }

  /// Who has sent it, as an object.
  public IpAddress from() {
    return new IpAddress(isIpv6, fromHigh, fromLow);
  }

  /// The quoted probe's source, as an object.
  public IpAddress quotedSource() {
    return new IpAddress(isIpv6, quotedSourceHigh, quotedSourceLow);
  }

  /// Whether an address has sent it.
  public boolean isFrom(IpAddress address) {
    return address.isIpv6() == isIpv6 && address.high() == fromHigh && address.low() == fromLow;
  }

  /// Whether the probe was going to an address.
  public boolean isOf(IpAddress target) {
    return target.isIpv6() == isIpv6 && target.high() == targetHigh && target.low() == targetLow;
  }
}
