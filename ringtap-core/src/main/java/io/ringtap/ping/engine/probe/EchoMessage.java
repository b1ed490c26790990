package io.ringtap.ping.engine.probe;

import java.lang.foreign.MemorySegment;

/// An ICMP message where it lies, with what its reader knows of it. Readers have one each, fill it
/// anew for each packet, and lend it to the judge for the call. Addresses are in the form of
/// [ProbeTable#ipv4].
public final class EchoMessage {
  /// One that is not filled in.
  public EchoMessage() {}

  /// Which identifiers are ours on the socket that it came from.
  public IdentifierBlock identifiers = IdentifierBlock.NONE;

  public MemorySegment memory = MemorySegment.NULL;

  /// Where the IPv4 header begins, if there is one; the ICMP header follows. Else -1.
  public long ip = -1;

  /// Where the ICMP header begins, which is whole.
  public long icmp;

  /// Where the message ends.
  public long end;

  /// Who sent it, of a reply or an error.
  public long fromHigh;

  public long fromLow;

  /// Where the request goes to, that departs or that an error is about.
  public long targetHigh;

  public long targetLow;

  /// Whether the checksum of an answer is known to be right.
  public boolean isChecked;

  /// Sum of the pseudo-header that the checksum of an answer covers; 0 for ICMP.
  public long pseudoSum;

  /// TTL or hop limit that a reply arrived with; 0 if unknown.
  public int hopLimit;

  /// TOS or traffic class that it arrived with; -1 if unknown.
  public int trafficClass = -1;

  /// The kernel's stamp, in nanoseconds since the epoch; 0 if it has none.
  public long stamp;
}
