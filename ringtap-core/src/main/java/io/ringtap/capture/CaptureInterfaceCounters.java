package io.ringtap.capture;

/// Counters of one interface of a capture since it was opened, 64 bits each, never reset. Those of
/// all interfaces add up to the [CaptureCounters] of the capture.
///
/// @param offered packets that passed the filter, whether or not there was room for them
/// @param droppedByKernel those for which there was none
/// @param droppedByInterface packets that the interface dropped before any socket could see them
/// @param seenByInterface packets that the interface counted, in the captured directions
public record CaptureInterfaceCounters(
    long offered, long droppedByKernel, long droppedByInterface, long seenByInterface) {}
