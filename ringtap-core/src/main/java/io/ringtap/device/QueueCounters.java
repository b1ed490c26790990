package io.ringtap.device;

/// What a driver has counted for one queue. What it does not count is -1.
///
/// @param isReceive whether the queue receives
/// @param queue its number among those that receive, or those that transmit
/// @param packets that went through the queue
/// @param bytes of those packets
/// @param drops packets that the queue dropped
public record QueueCounters(boolean isReceive, int queue, long packets, long bytes, long drops) {}
