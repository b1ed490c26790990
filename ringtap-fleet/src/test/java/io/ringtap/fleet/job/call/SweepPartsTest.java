package io.ringtap.fleet.job.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.job.message.Answers;
import io.ringtap.fleet.job.message.Assignment;
import io.ringtap.fleet.job.message.Part;
import io.ringtap.fleet.job.message.PartEnd;
import io.ringtap.fleet.job.message.PartFailure;
import io.ringtap.fleet.job.message.RangeSet;
import io.ringtap.fleet.job.message.Space;
import io.ringtap.fleet.job.message.SweepTask;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.fleet.job.message.WorkerState;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import io.ringtap.ping.StampSource;
import io.ringtap.sweep.KeptAnswer;
import io.ringtap.sweep.SweepAnswer;
import io.ringtap.sweep.SweepCounters;
import io.ringtap.sweep.SweepOptions;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepPartsTest {
  private static final String JOB = "j1";
  private static final Space SPACE =
      new Space(List.of(IpRange.parse("10.0.0.0/22")), List.of(), List.of());
  private static final SweepTask TASK =
      new SweepTask(SPACE, List.of(), 1, SweepOptions.DEFAULT, new SweepTask.Wish(false, false));
  private static final Worker FIRST = new Worker("fra1", "a1", 1);
  private static final Worker SECOND = new Worker("fra1", "a2", 1);

  private final Crew crew = new Crew();
  private final List<KeptAnswer> printed = new ArrayList<>();
  private final SweepParts parts =
      new SweepParts(
          JOB,
          List.of(new CellParts(0, SPACE.extent(), SPACE.within(RangeSet.ALL), TASK, 0, 4)),
          1000,
          printed::addAll);

  private void join(Worker worker) {
    crew.hear(state(worker), 0);
  }

  private static WorkerState state(Worker worker, WorkerState.Progress... progress) {
    return new WorkerState(JOB, worker, null, 1e4, SPACE.extent(), List.of(progress));
  }

  private static PartEnd end(Assignment of, int records) {
    return new PartEnd(
        JOB,
        of.to(),
        of.part(),
        records,
        new SweepCounters(256, 0, 0, Map.of(), 0, 1, 0, 0, 0, 0, 0, 0, 0));
  }

  private static Answers answers(Assignment of, int number, String... targets) {
    List<KeptAnswer> answers = new ArrayList<>();
    for (String target : targets) {
      IpAddress address = IpAddress.parse(target);
      answers.add(
          new KeptAnswer(
              SweepAnswer.Kind.ECHO_REPLY,
              SweepAnswer.Novelty.FIRST,
              address,
              0,
              address,
              0,
              0,
              64,
              0,
              1000,
              1,
              StampSource.KERNEL_RECEIVE,
              MemorySegment.NULL));
    }
    return new Answers(JOB, of.to(), of.part(), number, answers);
  }

  private List<String> addresses() {
    return printed.stream().map(answer -> answer.target().toString()).toList();
  }

  @Test
  void givesEachAgentAPartAndTheNextOneAndSharesTheRate() {
    join(FIRST);
    join(SECOND);

    List<Assignment> given = parts.give(crew, 0);

    assertThat(given).extracting(Assignment::to).containsExactly(FIRST, SECOND, FIRST, SECOND);
    assertThat(given).extracting(each -> each.part().number()).containsExactly(0, 1, 2, 3);
    assertThat(given).allMatch(each -> each.rate() == 500);
    assertThat(parts.give(crew, 0)).isEmpty();
  }

  @Test
  void givesNothingToANewcomerUntilTheOthersLeaveItSomeOfTheRate() {
    join(FIRST);
    Assignment whole = parts.give(crew, 0).getFirst();
    assertThat(whole.rate()).isEqualTo(1000);
    join(SECOND);

    assertThat(parts.give(crew, 0)).isEmpty();

    parts.hear(state(FIRST, new WorkerState.Progress(whole.part(), false, 256, 0)), 0);
    assertThat(parts.give(crew, 0)).isNotEmpty().allMatch(each -> each.rate() <= 500);
  }

  @Test
  void countsOnlyTheTryThatComesToItsEnd() {
    join(FIRST);
    Assignment lost = parts.give(crew, 0).getFirst();
    parts.hear(answers(lost, 0, "10.0.0.1", "10.0.0.2"));

    crew.takeGone(Duration.ofSeconds(6).toNanos()).forEach(parts::lose);
    join(SECOND);
    Assignment again = parts.give(crew, 0).getFirst();
    parts.hear(end(lost, 1)); // it was not dead
    assertThat(printed).isEmpty();
    parts.hear(answers(again, 0, "10.0.0.1"));
    parts.hear(end(again, 1));

    assertThat(again.part()).isEqualTo(new Part(lost.part().number(), 2));
    assertThat(addresses()).containsExactly("10.0.0.1");
    SweepStanding standing = parts.standing(List.of(), Duration.ZERO);
    assertThat(standing.completed()).isEqualTo(256);
    assertThat(standing.again()).isEqualTo(2); // the lost agent had two
    assertThat(standing.counters().sent()).isEqualTo(256);
  }

  @Test
  void givesAPartAgainOfWhichARecordIsMissingOrOfWhichItsAgentDoesNotSpeak() {
    join(FIRST);
    List<Assignment> given = parts.give(crew, 0);
    parts.hear(answers(given.getFirst(), 1, "10.0.0.1"));
    parts.hear(end(given.getFirst(), 2));
    parts.hear(state(FIRST), Duration.ofSeconds(6).toNanos());

    List<Assignment> again = parts.give(crew, 0);

    assertThat(printed).isEmpty();
    assertThat(again).extracting(Assignment::part).containsExactly(new Part(0, 2), new Part(1, 2));
  }

  @Test
  void printsNoAddressThatWasNotAskedAndNoneTwice() {
    join(FIRST);
    Assignment part = parts.give(crew, 0).getFirst();

    parts.hear(answers(part, 0, "10.0.0.9", "192.0.2.1", "10.0.0.9"));
    parts.hear(end(part, 1));

    assertThat(addresses()).containsExactly("10.0.0.9");
  }

  @Test
  void givesUpWithTheReasonWhereTheOnlyAgentFailsAtEverything() {
    join(FIRST);
    for (int i = 0; i < 3; i++) {
      Assignment part = parts.give(crew, 0).getFirst();
      parts.hear(new PartFailure(JOB, FIRST, part.part(), "EPERM"));
    }
    parts.lose(FIRST);

    assertThat(parts.give(crew, 0)).isEmpty();
    assertThat(parts.isAbandoned(crew)).isTrue();
    parts.giveUpAbandoned(crew);

    assertThat(parts.isAccountedFor()).isTrue();
    assertThat(parts.standing(List.of(), Duration.ZERO).problems())
        .containsExactly("1024 targets were not probed: fra1/a1: EPERM");
  }
}
