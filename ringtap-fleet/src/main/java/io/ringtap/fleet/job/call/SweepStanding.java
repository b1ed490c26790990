package io.ringtap.fleet.job.call;

import io.ringtap.sweep.SweepCounters;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How a sweep of a fleet stands.
///
/// @param counters of all parts that are done
/// @param sent probes, with those of parts that are being done
/// @param found targets, with those of parts that are being done
/// @param targets that are to be probed: those to which some agent may send
/// @param completed targets of parts that are done
/// @param parts into which the sweep is divided
/// @param again tries that were begun because an earlier one had not come to its end
/// @param done parts that each agent has done, by its name
/// @param problems what could not be done and why, a line each
/// @param elapsed since the first part was given, or until the end
public record SweepStanding(
    SweepCounters counters,
    long sent,
    long found,
    long targets,
    long completed,
    long parts,
    long again,
    Map<String, Long> done,
    List<String> problems,
    Duration elapsed) {}
