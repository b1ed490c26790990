package io.ringtap.fleet.job.call;

import io.ringtap.fleet.job.message.Answers;
import io.ringtap.fleet.job.message.Assignment;
import io.ringtap.fleet.job.message.PartEnd;
import io.ringtap.fleet.job.message.WorkerState;
import io.ringtap.packet.IpAddress;
import io.ringtap.sweep.KeptAnswer;
import io.ringtap.sweep.SweepAnswer.Kind;
import io.ringtap.sweep.SweepAnswer.Novelty;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A part that an agent has, and what has come of it: nothing of it counts before its end is there.
final class Given {
  /// A target by its address and port.
  private record Target(IpAddress address, int port) {}

  private final CellParts cell;
  private final CellParts.Open open;
  private final Assignment assignment;
  private final long givenNanos;
  private final List<KeptAnswer> answers = new ArrayList<>();
  private int records;
  private boolean isBroken; // a record is missing
  private boolean isSending = true;
  private long sent;
  private long found;

  /// @param givenNanos when, by the contact clock
  Given(CellParts cell, CellParts.Open open, Assignment assignment, long givenNanos) {
    this.cell = cell;
    this.open = open;
    this.assignment = assignment;
    this.givenNanos = givenNanos;
  }

  CellParts cell() {
    return cell;
  }

  CellParts.Open open() {
    return open;
  }

  Assignment assignment() {
    return assignment;
  }

  long givenNanos() {
    return givenNanos;
  }

  /// Whether its agent still has probes of it to send, as far as is known.
  boolean isSending() {
    return isSending;
  }

  long sent() {
    return sent;
  }

  long found() {
    return found;
  }

  void hear(WorkerState.Progress progress) {
    isSending = progress.isSending();
    sent = progress.sent();
    found = progress.found();
  }

  /// Keeps answers that can be to this part; others are somebody's mistake.
  void hear(Answers message) {
    isBroken |= message.number() != records;
    records++;
    for (KeptAnswer answer : message.answers()) {
      if (cell.has(
          answer.target().isIpv6(), answer.target().high(), answer.target().low(), answer.port())) {
        answers.add(answer);
      }
    }
  }

  /// Whether all that its agent has written has arrived.
  boolean isWhole(PartEnd end) {
    return !isBroken && end.records() == records;
  }

  /// Its answers, the first one of each target once: an agent that could not remember all targets
  /// may take a later answer for a first one.
  List<KeptAnswer> answers() {
    Set<Target> seen = new HashSet<>();
    answers.removeIf(answer ->
        answer.novelty() == Novelty.FIRST
            && answer.kind() != Kind.ICMP_ERROR
            && !seen.add(new Target(answer.target(), answer.port())));
    return answers;
  }
}
