package io.ringtap.monitor;

/// How metrics are shown.
///
/// @param names `ringtap`, or whose names they are to have: `smokeping_prober` or `ping_exporter`
/// @param classicBuckets whether histograms have classic buckets without being asked for them
public record MetricsForm(String names, boolean classicBuckets) {}
