package io.ringtap.sweep;

import java.util.HexFormat;

/// What is sent to each target. Immutable.
public final class SweepProbe {
  /// The longest payload of a UDP probe, so that no probe is fragmented.
  public static final int MAX_PAYLOAD_BYTES = 1400;

  /// The protocols that can ask who is there.
  public enum Kind {
    /// ICMP or ICMPv6 echo requests (RFC 792, RFC 4443).
    ECHO,
    /// TCP segments with SYN (RFC 9293). The sweep has no TCP socket, so the kernel of this host
    /// answers each SYN-ACK with RST, and no connection remains.
    SYN,
    /// UDP datagrams (RFC 768).
    UDP
  }

  private static final SweepProbe ECHO = new SweepProbe(Kind.ECHO, new byte[0]);
  private static final SweepProbe SYN = new SweepProbe(Kind.SYN, new byte[0]);

  private final Kind kind;
  private final byte[] payload;

  private SweepProbe(Kind kind, byte[] payload) {
    this.kind = kind;
    this.payload = payload;
  }

  /// ICMP echo requests. The payload carries the send time and a keyed cookie.
  public static SweepProbe echo() {
    return ECHO;
  }

  /// TCP SYN segments. The sequence number carries the send time, under a key; the timestamp option
  /// (RFC 7323) carries it more exactly to those that return it.
  public static SweepProbe syn() {
    return SYN;
  }

  /// UDP datagrams with a payload.
  ///
  /// What comes back from an unknown program carries nothing of the probe but its ports, so UDP
  /// replies have no round-trip time, and a forged one is recognized only by its port.
  ///
  /// @param payload which is copied; may be empty
  /// @throws IllegalArgumentException if it is longer than [#MAX_PAYLOAD_BYTES]
  public static SweepProbe udp(byte[] payload) {
    if (payload.length > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "a payload has " + MAX_PAYLOAD_BYTES + " bytes or fewer, not " + payload.length);
    }
    return new SweepProbe(Kind.UDP, payload.clone());
  }

  /// The protocol.
  public Kind kind() {
    return kind;
  }

  /// Whether probes go to ports, which the targets name.
  public boolean hasPorts() {
    return kind != Kind.ECHO;
  }

  /// A copy of the payload of UDP probes; empty for others.
  public byte[] payload() {
    return payload.clone();
  }

  @Override
  public String toString() {
    return payload.length == 0 ? kind.name() : kind + " " + HexFormat.of().formatHex(payload);
  }
}
