package io.ringtap.ping.engine.probe;

/// What the sending and the receiving thread of an engine share.
///
/// @param table the probes in flight
/// @param registry the series that they belong to
/// @param cookies by which an answer proves that it is to one of them
/// @param counters the receiving thread's, which the sending one reads
public record EngineState(
    ProbeTable table, SeriesRegistry registry, ProbeCookie cookies, EngineCounters counters) {}
