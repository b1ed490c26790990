package io.ringtap.trace;

/// An entry of an MPLS label stack that a router has reported (RFC 3032 §2.1, RFC 4950).
///
/// @param label 0 to 1 048 575
/// @param trafficClass 0 to 7 (RFC 5462)
/// @param isBottom whether it is the last of the stack
/// @param timeToLive 0 to 255
public record MplsLabel(int label, int trafficClass, boolean isBottom, int timeToLive) {
  static MplsLabel of(int entry) {
    return new MplsLabel(entry >>> 12, entry >>> 9 & 7, (entry & 0x100) != 0, entry & 0xff);
  }
}
