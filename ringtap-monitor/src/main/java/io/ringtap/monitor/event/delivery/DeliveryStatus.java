package io.ringtap.monitor.event.delivery;

import org.jspecify.annotations.Nullable;

/// How one destination does. All counts are of events since the monitor began, and queued =
/// delivered + refused + dropped + replaced + pending.
///
/// @param kind `alertmanager`, `webhook` or `command`
/// @param name its address without user and password, or the command's first word
/// @param queued all events for it, with those that are sent to Alertmanager again and again
/// @param delivered it knows of them
/// @param refused it answered that it does not take them, or the command failed
/// @param dropped given up after a long time, or pushed out of the queue by newer ones
/// @param replaced a newer event of the same state was sent instead
/// @param pending not delivered yet
/// @param failing why the last attempt failed; null if it did not
public record DeliveryStatus(
    String kind,
    String name,
    long queued,
    long delivered,
    long refused,
    long dropped,
    long replaced,
    long pending,
    @Nullable String failing) {}
