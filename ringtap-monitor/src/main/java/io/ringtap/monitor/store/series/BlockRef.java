package io.ringtap.monitor.store.series;

/// Where a block is.
///
/// @param segment the file
/// @param place where in the file
/// @param startSeconds when it begins
/// @param sequence its number in its tier
/// @param resolution the tier
record BlockRef(
    Segment segment, long place, long startSeconds, long sequence, Resolution resolution) {}
