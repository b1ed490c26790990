package io.ringtap.device;

/// The counters that a driver keeps for one queue; -1 for what it does not count.
///
/// @param isReceive whether it is a receive queue
/// @param queue its number among the receive queues, or among the transmit queues
/// @param packets that went through the queue
/// @param bytes of those packets
/// @param drops packets that the queue dropped
public record QueueCounters(boolean isReceive, int queue, long packets, long bytes, long drops) {}
