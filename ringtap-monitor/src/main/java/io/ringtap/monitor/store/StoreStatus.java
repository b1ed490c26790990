package io.ringtap.monitor.store;

import org.jspecify.annotations.Nullable;

/// How a store does. What was handed to it is either written, waits, or is counted as lost here.
///
/// @param bytes of all series together
/// @param windowsWritten windows of 10 seconds that are in the store
/// @param windowsLost windows of 10 seconds that could not be written: the disk was full, too slow
///   or gone
/// @param probesWritten single outcomes that are in the store
/// @param probesLost single outcomes that could not be written, or that were too many
/// @param damagedBlocks parts of files that were found damaged and are passed over
/// @param trouble what keeps it from writing now, in words; null if nothing does
public record StoreStatus(
    long bytes,
    long windowsWritten,
    long windowsLost,
    long probesWritten,
    long probesLost,
    long damagedBlocks,
    @Nullable String trouble) {}
