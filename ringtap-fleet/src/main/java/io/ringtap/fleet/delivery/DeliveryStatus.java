package io.ringtap.fleet.delivery;

import org.jspecify.annotations.Nullable;

/// How results fare at one moment. What was handed over and what earlier runs had left is the sum
/// of what is delivered, dropped, in memory and in the spool.
///
/// @param lastSequence the last number that was given; 0 if none was
/// @param handedOver results of this run
/// @param recovered results of earlier runs that were in the spool
/// @param delivered results that the broker has acknowledged
/// @param dropped results that found no room, were damaged on the disk, or that the broker will not
///   have
/// @param inMemory results that are on their way, and in memory only
/// @param inSpool results that are on their way, and in the spool
/// @param spoolBytes how large the spool is
/// @param brokerTrouble why no broker takes results, in words; null if one does
/// @param spoolTrouble why the spool takes no results, in words; null if it does
public record DeliveryStatus(
    long lastSequence,
    long handedOver,
    long recovered,
    long delivered,
    long dropped,
    long inMemory,
    long inSpool,
    long spoolBytes,
    @Nullable String brokerTrouble,
    @Nullable String spoolTrouble) {}
