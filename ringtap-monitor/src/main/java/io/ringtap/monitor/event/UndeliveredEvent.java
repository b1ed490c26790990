package io.ringtap.monitor.event;

/// An event that a destination had not taken when the monitor ended.
///
/// @param destination which one it is, in letters and digits that stay the same over restarts
/// @param event of its target's settings nothing is used
public record UndeliveredEvent(String destination, Event event) {}
