package io.ringtap.system.sweep;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.StampSource;
import io.ringtap.sweep.SweepAnswer;
import io.ringtap.sweep.SweepListener;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/// What a sweep has shown.
final class Heard implements SweepListener {
  record Answer(
      SweepAnswer.Kind kind,
      SweepAnswer.Novelty novelty,
      IpAddress address,
      int port,
      IpAddress from,
      int type,
      int code,
      int hopLimit,
      int attempt,
      long rttNanos,
      StampSource stamps) {}

  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();

  @Override
  public void onAnswer(SweepAnswer answer) {
    answers.add(
        new Answer(
            answer.kind(),
            answer.novelty(),
            answer.address(),
            answer.port(),
            answer.from(),
            answer.type(),
            answer.code(),
            answer.hopLimit(),
            answer.attempt(),
            answer.rttNanos(),
            answer.stamps()));
  }

  List<Answer> all() {
    return List.copyOf(answers);
  }

  List<Answer> of(SweepAnswer.Kind kind) {
    return answers.stream().filter(answer -> answer.kind() == kind).toList();
  }

  /// Targets that were shown as found, each exactly once.
  Set<IpAddress> found() {
    List<Answer> first =
        answers.stream()
            .filter(answer -> answer.kind() != SweepAnswer.Kind.ICMP_ERROR)
            .filter(answer -> answer.novelty() == SweepAnswer.Novelty.FIRST)
            .toList();
    Set<IpAddress> addresses =
        first.stream().map(Answer::address).collect(Collectors.toCollection(TreeSet::new));
    if (addresses.size() != first.size()) {
      throw new AssertionError("found twice: " + (first.size() - addresses.size()) + " addresses");
    }
    return addresses;
  }
}
