package io.ringtap.fleet.job.call;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.job.message.AgentMessage;
import io.ringtap.fleet.job.message.Answers;
import io.ringtap.fleet.job.message.Assignment;
import io.ringtap.fleet.job.message.JobNotice;
import io.ringtap.fleet.job.message.PartEnd;
import io.ringtap.fleet.job.message.PartFailure;
import io.ringtap.fleet.job.message.Path;
import io.ringtap.fleet.job.message.RangeSet;
import io.ringtap.fleet.job.message.SweepTask;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.fleet.job.message.WorkerState;
import io.ringtap.fleet.record.Topics;
import io.ringtap.sweep.KeptAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A sweep that agents do together. Each target is probed by one of them; the answers of a part are
/// shown when the part is done, so that none comes twice when an agent has died over it.
public final class SweepCall implements AutoCloseable {
  /// Takes what a sweep brings, on the thread that runs it.
  public interface Listener {
    /// A part is done; these are its answers.
    void onAnswers(List<KeptAnswer> answers);

    /// Something that a user should know, on a line.
    void onNote(String line);
  }

  private static final Duration LOOK = Duration.ofMillis(100);

  /// How long parts wait for an agent that may send there, when all such are gone.
  private static final Duration ABANDONED = Duration.ofSeconds(20);

  private final SweepTask task;
  private final double rate;
  private final JobChannel channel;
  private final Roster expected;
  private final Crew crew = new Crew();
  private final List<String> problems = new ArrayList<>();
  private volatile SweepStanding standing = nothing(List.of());
  private volatile boolean isStopping;
  private long beginNanos;

  private SweepCall(SweepTask task, double rate, JobChannel channel, Roster expected) {
    this.task = task;
    this.rate = rate;
    this.channel = channel;
    this.expected = expected;
  }

  private static SweepStanding nothing(List<String> problems) {
    return new SweepStanding(
        PartEnd.NO_COUNTERS, 0, 0, 0, 0, 0, 0, Map.of(), problems, Duration.ZERO);
  }

  /// Connects. Nobody is asked for anything before [#run].
  ///
  /// @param job its name, which no other job has
  /// @param sites whose agents may do it; empty for all
  /// @param rate probes a second of all agents together
  /// @throws BrokerException if no broker answers, or something is not allowed
  public static SweepCall open(
      Connection connection,
      Topics topics,
      String job,
      List<String> sites,
      SweepTask task,
      double rate)
      throws BrokerException, InterruptedException {
    JobNotice notice = new JobNotice(job, sites, task, List.of());
    JobChannel channel = JobChannel.open(connection, topics, notice);
    return new SweepCall(task, rate, channel, Roster.read(connection, topics).at(sites));
  }

  /// Sweeps, until all parts are accounted for or it is stopped.
  ///
  /// @throws BrokerException if something is not allowed, or the broker was away for long
  public void run(Listener listener) throws BrokerException {
    Gathering.gather(channel, crew, expected, () -> isStopping);
    if (crew.willing().isEmpty()) {
      problems.addAll(
          crew.members().isEmpty() ? List.of("no agent has answered") : crew.refusals());
      standing = nothing(List.copyOf(problems));
      return;
    }
    List<CellParts> cells = divide();
    listener.onNote(
        "%d agents at %d sites take part; %d parts"
            .formatted(
                crew.willing().size(),
                crew.willing().stream().map(member -> member.worker().site()).distinct().count(),
                cells.stream().mapToLong(CellParts::count).sum()));
    SweepParts parts = new SweepParts(channel.notice().job(), cells, rate, listener::onAnswers);
    beginNanos = System.nanoTime();
    long ableNanos = beginNanos;
    while (!isStopping && !parts.isAccountedFor()) {
      for (Assignment order : parts.give(crew, channel.contactNanos())) {
        channel.write(order);
      }
      channel.poll(LOOK).forEach(message -> hear(message, parts));
      for (Worker worker : crew.takeGone(channel.contactNanos())) {
        parts.lose(worker);
        listener.onNote(worker + " is gone; what it had is given to others");
      }
      long now = System.nanoTime();
      ableNanos = parts.isAbandoned(crew) ? ableNanos : now;
      if (now - ableNanos > ABANDONED.toNanos()) {
        parts.giveUpAbandoned(crew);
      }
      publish(parts);
    }
    publish(parts);
  }

  private List<CellParts> divide() {
    RangeSet extent = task.extent();
    List<RangeSet> sets =
        Cells.of(extent, crew.willing().stream().map(member -> member.state().allowed()).toList());
    SweepDivision division = new SweepDivision(task, rate, crew);
    List<CellParts> cells = division.divide(sets);
    RangeSet rest = extent;
    for (RangeSet set : sets) {
      rest = rest.minus(set);
    }
    long refused = task.space().within(rest).size();
    if (refused > 0) {
      problems.add(
          "%d addresses were not probed: on no agent's allow-list: %s"
              .formatted(refused, rest.first(3)));
    }
    channel.change(channel.notice().withCells(sets));
    return cells;
  }

  private void hear(AgentMessage message, SweepParts parts) {
    switch (message) {
      case WorkerState state -> {
        crew.hear(state, channel.contactNanos());
        parts.hear(state, channel.contactNanos());
      }
      case Answers answers -> parts.hear(answers);
      case PartEnd end -> parts.hear(end);
      case PartFailure failure -> parts.hear(failure);
      case Path _ -> {} // of a trace
    }
  }

  private void publish(SweepParts parts) {
    standing =
        parts.standing(List.copyOf(problems), Duration.ofNanos(System.nanoTime() - beginNanos));
  }

  /// How it stands, or how it has ended. Any thread may ask.
  public SweepStanding standing() {
    return standing;
  }

  /// Ends it soon; what is not done then is not done. Any thread may call it.
  public void stop() {
    isStopping = true;
  }

  /// Tells the agents that it is over, for two seconds at the most.
  @Override
  public void close() {
    channel.close();
  }
}
