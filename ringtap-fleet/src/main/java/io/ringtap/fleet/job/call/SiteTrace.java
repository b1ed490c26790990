package io.ringtap.fleet.job.call;

import io.ringtap.fleet.job.call.Crew.Member;
import io.ringtap.fleet.job.message.Assignment;
import io.ringtap.fleet.job.message.Part;
import io.ringtap.fleet.job.message.PartEnd;
import io.ringtap.fleet.job.message.PartFailure;
import io.ringtap.fleet.job.message.Path;
import io.ringtap.fleet.job.message.TraceTask;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.sweep.space.Shard;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A site's part of a trace: one agent after the other is asked until one has done it.
final class SiteTrace {
  private final String site;
  private final int number;
  private final Set<Worker> tried = new HashSet<>();
  private @Nullable Assignment assignment;
  private List<Path> paths = new ArrayList<>();
  private boolean isDone;
  private int attempts;
  private String problem = "";

  /// @param number of its part
  SiteTrace(String site, int number) {
    this.site = site;
    this.number = number;
  }

  /// Asks the next agent, if none has the part.
  void give(Crew crew, JobChannel channel) {
    Member next = assignment == null && !isDone ? next(crew) : null;
    if (next != null) {
      attempts++;
      Assignment newOne =
          new Assignment(
              channel.notice().job(),
              new Part(number, attempts),
              next.worker(),
              0,
              Shard.WHOLE,
              next.state().rate());
      boolean _ = tried.add(next.worker());
      paths = new ArrayList<>();
      assignment = newOne;
      channel.write(newOne);
    }
  }

  private @Nullable Member next(Crew crew) {
    if (attempts >= Part.MOST_ATTEMPTS) {
      return null;
    }
    for (Member member : crew.willing()) {
      if (member.worker().site().equals(site) && !tried.contains(member.worker())) {
        return member;
      }
    }
    return null;
  }

  /// Whether there is a result, or nobody left to ask.
  boolean isOver(Crew crew) {
    if (!isDone && assignment == null && problem.isEmpty()) {
      for (Member member : crew.members()) {
        String refusal = member.state().refusal();
        if (member.worker().site().equals(site) && refusal != null) {
          problem = member.worker() + ": " + refusal;
        }
      }
    }
    return isDone || (assignment == null && next(crew) == null);
  }

  private boolean isOf(Worker from, Part part) {
    Assignment current = assignment;
    return current != null && current.to().equals(from) && current.part().equals(part);
  }

  void hear(Path path) {
    if (isOf(path.from(), path.part())) {
      paths.add(path);
    }
  }

  void hear(PartEnd end) {
    if (isOf(end.from(), end.part())) {
      isDone = end.records() == paths.size();
      problem = isDone ? "" : end.from() + ": a part of its answer is missing";
      assignment = null;
    }
  }

  void hear(PartFailure failure) {
    if (isOf(failure.from(), failure.part())) {
      problem = failure.from() + ": " + failure.why();
      assignment = null;
    }
  }

  void lose(Worker worker) {
    Assignment current = assignment;
    if (current != null && current.to().equals(worker)) {
      problem = worker + " is gone";
      assignment = null;
    }
  }

  SitePath result(TraceTask task) {
    if (isDone && paths.size() == task.targets().size()) {
      return new SitePath(site, paths.getFirst().from().agent(), paths, "");
    }
    String why =
        !problem.isEmpty() ? problem : assignment == null ? "no agent" : "no answer in time";
    return new SitePath(site, null, List.of(), why);
  }
}
