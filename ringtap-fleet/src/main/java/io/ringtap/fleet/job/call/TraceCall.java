package io.ringtap.fleet.job.call;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.job.call.Crew.Member;
import io.ringtap.fleet.job.message.AgentMessage;
import io.ringtap.fleet.job.message.Answers;
import io.ringtap.fleet.job.message.JobNotice;
import io.ringtap.fleet.job.message.PartEnd;
import io.ringtap.fleet.job.message.PartFailure;
import io.ringtap.fleet.job.message.Path;
import io.ringtap.fleet.job.message.TraceTask;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.fleet.job.message.WorkerState;
import io.ringtap.fleet.record.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A trace that one agent of each site makes.
public final class TraceCall implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);

  /// Beyond what a trace takes: for the waits on its way, and for another agent if one dies.
  private static final Duration MARGIN = Duration.ofSeconds(15);

  private final TraceTask task;
  private final JobChannel channel;
  private final Set<String> wanted;
  private final Roster expected;
  private final Crew crew = new Crew();
  private volatile boolean isStopping;

  private TraceCall(TraceTask task, JobChannel channel, Set<String> wanted, Roster expected) {
    this.task = task;
    this.channel = channel;
    this.wanted = wanted;
    this.expected = expected;
  }

  /// Connects. Nobody is asked for anything before [#run].
  ///
  /// @param job its name, which no other job has
  /// @param sites that are asked; empty for all
  /// @throws BrokerException if no broker answers, or something is not allowed
  public static TraceCall open(
      Connection connection, Topics topics, String job, List<String> sites, TraceTask task)
      throws BrokerException, InterruptedException {
    JobNotice notice = new JobNotice(job, sites, task, List.of(task.extent()));
    JobChannel channel = JobChannel.open(connection, topics, notice);
    Roster expected = Roster.read(connection, topics).at(sites);
    Set<String> wanted = new TreeSet<>(sites);
    wanted.addAll(expected.sites());
    return new TraceCall(task, channel, wanted, expected);
  }

  /// Traces, until each site has answered, or the time is over, or it is stopped.
  ///
  /// @return what each site has answered, by its name; also of sites that should have. Empty if no
  ///   agent is known and none has answered
  /// @throws BrokerException if something is not allowed, or the broker was away for long
  public List<SitePath> run() throws BrokerException {
    Gathering.gather(channel, crew, expected, () -> isStopping);
    Map<String, SiteTrace> sites = new TreeMap<>();
    wanted.forEach(site -> sites.put(site, new SiteTrace(site, sites.size())));
    for (Member member : crew.members()) {
      sites.computeIfAbsent(member.worker().site(), site -> new SiteTrace(site, sites.size()));
    }
    long end = System.nanoTime() + task.duration().plus(MARGIN).toNanos();
    while (!isStopping
        && System.nanoTime() < end
        && sites.values().stream().anyMatch(site -> !site.isOver(crew))) {
      for (SiteTrace site : sites.values()) {
        site.give(crew, channel);
      }
      for (AgentMessage message : channel.poll(LOOK)) {
        hear(message, sites);
      }
      for (Worker worker : crew.takeGone(channel.contactNanos())) {
        sites.values().forEach(site -> site.lose(worker));
      }
    }
    List<SitePath> paths = new ArrayList<>();
    sites.values().forEach(site -> paths.add(site.result(task)));
    return paths;
  }

  private void hear(AgentMessage message, Map<String, SiteTrace> sites) {
    SiteTrace site = sites.get(message.from().site());
    if (site == null) {
      return; // it came too late
    }
    switch (message) {
      case WorkerState state -> crew.hear(state, channel.contactNanos());
      case Path path -> site.hear(path);
      case PartEnd end -> site.hear(end);
      case PartFailure failure -> site.hear(failure);
      case Answers _ -> {} // of a sweep
    }
  }

  /// Ends it soon, with what has come. Any thread may call it.
  public void stop() {
    isStopping = true;
  }

  /// Tells the agents that it is over, for two seconds at the most.
  @Override
  public void close() {
    channel.close();
  }
}
