package io.ringtap.fleet.job.work;

import io.ringtap.fleet.job.message.AgentMessage;
import io.ringtap.fleet.job.message.Assignment;
import io.ringtap.fleet.job.message.PartEnd;
import io.ringtap.fleet.job.message.PartFailure;
import io.ringtap.fleet.job.message.Path;
import io.ringtap.fleet.job.message.TraceTask;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.trace.TraceReport;
import io.ringtap.trace.Tracer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A trace of all of its targets at once.
final class TraceWork implements Work {
  private static final int MOST_RESPONDERS = 64;

  private final Assignment assignment;
  private final Worker worker;
  private final Tracer tracer;
  private final CompletableFuture<List<TraceReport>> reports;
  private boolean isOver;

  private TraceWork(
      Assignment assignment,
      Worker worker,
      Tracer tracer,
      CompletableFuture<List<TraceReport>> reports) {
    this.assignment = assignment;
    this.worker = worker;
    this.tracer = tracer;
    this.reports = reports;
  }

  /// Begins.
  ///
  /// @throws IOException if the system refuses the sockets
  static TraceWork start(Assignment assignment, Worker worker, TraceTask task) throws IOException {
    Tracer tracer = Tracer.open(task.options());
    return new TraceWork(assignment, worker, tracer, tracer.trace(task.targets()));
  }

  @Override
  public Assignment assignment() {
    return assignment;
  }

  @Override
  public boolean isSending() {
    return !reports.isDone();
  }

  @Override
  public long sent() {
    return 0;
  }

  @Override
  public long found() {
    return 0;
  }

  @Override
  public List<AgentMessage> results() {
    List<AgentMessage> results = new ArrayList<>();
    if (!reports.isDone()) {
      return results;
    }
    isOver = true;
    try {
      for (TraceReport report : reports.join()) {
        results.add(path(report, results.size()));
      }
      results.add(
          new PartEnd(
              assignment.job(), worker, assignment.part(), results.size(), PartEnd.NO_COUNTERS));
    } catch (CompletionException e) {
      results.add(
          new PartFailure(
              assignment.job(), worker, assignment.part(), "the trace failed: " + e.getCause()));
    }
    return results;
  }

  private Path path(TraceReport report, int number) {
    return new Path(
        assignment.job(),
        worker,
        assignment.part(),
        number,
        report.target(),
        report.isReached(),
        report.hops().stream().map(TraceWork::hop).toList());
  }

  private static Path.Hop hop(TraceReport.Hop hop) {
    return new Path.Hop(
        hop.hopLimit(),
        hop.counts().answered(),
        hop.counts().lost(),
        hop.counts().unsent(),
        hop.forwardedLoss(),
        new Path.Rtt(hop.rtt().min(), hop.rtt().mean(), hop.rtt().max()),
        hop.responders().stream()
            .limit(MOST_RESPONDERS)
            .map(each -> new Path.Responder(each.address(), each.answers()))
            .toList());
  }

  @Override
  public boolean isOver() {
    return isOver;
  }

  @Override
  public void close() {
    tracer.close();
  }
}
