package io.ringtap.capture;

/// What a ring's socket has counted since it was opened.
///
/// @param received packets that the filter passed and the ring took
/// @param dropped packets that the filter passed and the ring had no room for
/// @param freezes how often the ring was full and the kernel stopped filling it
public record RingCounters(long received, long dropped, long freezes) {}
