package io.ringtap.cli.pps;

import io.ringtap.device.QueueCounters;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.device.SoftnetCounters;
import java.util.List;
import java.util.Map;

/// All counters at one moment.
///
/// @param nanos the moment, on the monotonic clock
/// @param epochNanos the moment, since the epoch
/// @param entries the interfaces
/// @param queues their queues' counters, by index; none where they are not wanted
/// @param cpus the CPUs' counters; none where they are not wanted
record Sample(
    long nanos,
    long epochNanos,
    List<RtnetlinkSocket.CountedLink> entries,
    Map<Integer, List<QueueCounters>> queues,
    List<SoftnetCounters> cpus) {}
