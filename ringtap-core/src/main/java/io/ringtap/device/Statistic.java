package io.ringtap.device;

/// A counter of a driver, under the driver's own name.
public record Statistic(String name, long value) {}
