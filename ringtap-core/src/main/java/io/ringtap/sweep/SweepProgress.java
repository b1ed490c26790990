package io.ringtap.sweep;

import java.time.Duration;

/// How far a sweep is.
///
/// @param phase what it is doing
/// @param size positions of the targets, [SweepTargets#size]
/// @param next the first position to which no probe has been sent yet
/// @param completed the position below which all is decided: every probe and retry of these targets
///   is sent or refused, the time for an answer to each is over, and the listener has been called
///   with each answer that arrived in it. A sweep that goes on from here
///   ([SweepOptions#withFirstPosition]) leaves out no target, and probes none twice but those from
///   here to `next`
/// @param elapsed since the start, until now or the end
public record SweepProgress(Phase phase, long size, long next, long completed, Duration elapsed) {
  /// What a sweep is doing.
  public enum Phase {
    /// It has not been started.
    READY,
    /// It sends.
    SENDING,
    /// All is sent, or it was stopped; it waits for answers.
    WAITING,
    /// It has ended.
    ENDED
  }
}
