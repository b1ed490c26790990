package io.ringtap.ping;

import io.ringtap.ping.engine.probe.EngineCounters;
import io.ringtap.ping.engine.probe.EngineCounters.Counter;

/// What a pinger has seen since it was opened, for diagnosis: cumulative, 64 bits.
///
/// @param sent probes that the kernel took
/// @param unsent probes that it refused
/// @param answers replies, duplicates, late replies and errors that were matched to a probe
/// @param late replies after their probe's end, also those after their request's end
/// @param duplicates further replies, also those after their request's end
/// @param foreign packets that passed the kernel's filter and answer no probe of this pinger
/// @param answersDropped answers to this pinger for which its sockets or its tap had no room: as
///   many probes that were in flight then end as [PingOutcome.Dropped]
/// @param departuresDropped departures that its tap had no room to show: nothing is lost by that
///   but their stamps
public record PingerCounters(
    long sent,
    long unsent,
    long answers,
    long late,
    long duplicates,
    long foreign,
    long answersDropped,
    long departuresDropped) {
  static PingerCounters of(EngineCounters counters) {
    return new PingerCounters(
        counters.get(Counter.SENT),
        counters.get(Counter.UNSENT),
        counters.get(Counter.ANSWERS),
        counters.get(Counter.LATE),
        counters.get(Counter.DUPLICATES),
        counters.get(Counter.FOREIGN),
        counters.get(Counter.ANSWERS_DROPPED),
        counters.get(Counter.DEPARTURES_DROPPED));
  }
}
