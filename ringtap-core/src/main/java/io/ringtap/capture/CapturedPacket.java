package io.ringtap.capture;

import io.ringtap.packet.LinkType;

/// A copy of a [Packet], to keep.
///
/// @param frame the captured octets, which this record shares with whoever asks
/// @param origlen octets of the packet as it was
/// @param epochNanos the stamp, in nanoseconds since the epoch
/// @param source the interface's place in [CaptureOptions#interfaces], or in the file's list
/// @param interfaceIndex the interface that the packet came or left by; 0 where a file does not
///   tell
@SuppressWarnings(
    "ArrayRecordComponent") // a copy of each packet is what the caller asked for; one is enough
public record CapturedPacket(
    byte[] frame,
    int origlen,
    LinkType linkType,
    long epochNanos,
    int source,
    int interfaceIndex,
    Direction direction) {}
