package io.ringtap.fleet.job.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.job.message.AgentMessage;
import io.ringtap.fleet.job.message.Assignment;
import io.ringtap.fleet.job.message.JobEnd;
import io.ringtap.fleet.job.message.JobNotice;
import io.ringtap.fleet.job.message.Part;
import io.ringtap.fleet.job.message.PartFailure;
import io.ringtap.fleet.job.message.Space;
import io.ringtap.fleet.job.message.SweepTask;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.fleet.job.message.WorkerState;
import io.ringtap.packet.IpRange;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.space.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an agent makes of jobs that it should not do.
class JobDeskTest {
  private static final Worker WORKER = new Worker("fra1", "a1", 1);

  private final List<String> log = new ArrayList<>();
  private final JobDesk desk =
      new JobDesk(WORKER, JobPolicy.of(List.of(IpRange.parse("10.0.0.0/8")), 1000), log::add);

  private static JobNotice notice(String job, String range, String... sites) {
    Space space = new Space(List.of(IpRange.parse(range)), List.of(), List.of());
    SweepTask task =
        new SweepTask(space, List.of(), 1, SweepOptions.DEFAULT, new SweepTask.Wish(false, false));
    return new JobNotice(job, List.of(sites), task, List.of(space.extent()));
  }

  private static Assignment assignment(String job, int shards) {
    return new Assignment(job, new Part(0, 1), WORKER, 0, new Shard(1, shards), 10);
  }

  private List<AgentMessage> turn() {
    return desk.turn(System.nanoTime(), 0);
  }

  private String refusal(JobNotice notice) {
    desk.hear(notice, 0);
    WorkerState state =
        turn().stream()
            .map(WorkerState.class::cast)
            .filter(each -> each.job().equals(notice.job()))
            .findFirst()
            .orElseThrow();
    return String.valueOf(state.refusal());
  }

  @Test
  void refusesAddressesThatAreNotAllowedAndThoseOfManyHosts() {
    assertThat(refusal(notice("a", "192.0.2.0/24"))).contains("none of its addresses is allowed");
    assertThat(refusal(notice("b", "0.0.0.0/0"))).contains("multicast");
    assertThat(refusal(notice("c", "10.1.0.0/16"))).isEqualTo("null");
    assertThat(desk.counts(0, 0)).isEqualTo(new JobCounts(1, 2, 0, 0, 0, 0));
  }

  /// Whatever was said of the job before.
  @Test
  void refusesPartsWithAddressesThatAreNotAllowed() {
    desk.hear(notice("a", "9.255.255.0-10.0.0.255"), 0);
    desk.hear(assignment("a", 1), 0);

    assertThat(turn())
        .filteredOn(PartFailure.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            PartFailure.class, failure -> assertThat(failure.why()).contains("not all of"));
  }

  @Test
  void refusesPartsThatAreTooLargeAndMoreOfThemThanMayWait() {
    desk.hear(notice("a", "10.0.0.0/8"), 0);
    for (int i = 0; i < 20; i++) {
      desk.hear(assignment("a", 2), 0);
    }

    assertThat(turn())
        .filteredOn(PartFailure.class::isInstance)
        .hasSize(20)
        .extracting(each -> ((PartFailure) each).why())
        .contains(
            "this agent has 16 parts waiting already",
            "a part has 1 to 65536 targets, not 8388608");
  }

  @Test
  void takesPartInSoManyJobsAtOnceAndLooksAtNoFlood() {
    for (int i = 0; i < 100; i++) {
      desk.hear(notice("j" + i, "10.0.0.0/24"), 0);
    }

    assertThat(turn()).hasSize(16);
    assertThat(desk.counts(0, 0).jobs()).isEqualTo(8);
  }

  @Test
  void forgetsJobsThatEndAndThoseOfSilentCallersAndHearsNoneOfOtherSites() {
    desk.hear(notice("a", "10.0.0.0/24"), 0);
    desk.hear(notice("b", "10.0.0.0/24"), 0);
    desk.hear(notice("c", "10.0.0.0/24", "ams2"), 0);
    assertThat(turn()).extracting(AgentMessage::job).containsExactlyInAnyOrder("a", "b");

    desk.hear(new JobEnd("a"), 0);
    assertThat(desk.turn(Long.MAX_VALUE / 2, 0)).extracting(AgentMessage::job).containsExactly("b");
    assertThat(desk.turn(Long.MAX_VALUE / 2, Duration.ofSeconds(11).toNanos())).isEmpty();
    assertThat(log).last().asString().contains("its caller is silent");
  }
}
