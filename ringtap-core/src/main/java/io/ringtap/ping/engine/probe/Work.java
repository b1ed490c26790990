package io.ringtap.ping.engine.probe;

/// What an engine can begin and stop: one series, or a source and all that is drawn from it.
public sealed interface Work permits ProbeSeries, SeriesSource {}
