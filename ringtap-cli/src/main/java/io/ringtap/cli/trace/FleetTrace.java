package io.ringtap.cli.trace;

import io.ringtap.cli.fleet.FleetArguments;
import io.ringtap.cli.fleet.KafkaAccess;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.job.call.JobName;
import io.ringtap.fleet.job.call.SitePath;
import io.ringtap.fleet.job.call.TraceCall;
import io.ringtap.fleet.job.message.Path;
import io.ringtap.fleet.job.message.TraceTask;
import io.ringtap.fleet.record.Topics;
import io.ringtap.packet.IpAddress;
import io.ringtap.trace.TraceOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// One run of `ringtap trace --fleet`: has an agent of each site trace, and shows what they have
/// found.
final class FleetTrace {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration NAMES = Duration.ofSeconds(2);

  private final TraceOptions options;
  private final Map<IpAddress, String> targets;
  private final HostNames names;
  private final Output out;
  private final Messages messages;
  private volatile int code;

  /// @param targets with the names that the user gave them
  FleetTrace(
      TraceOptions options,
      Map<IpAddress, String> targets,
      HostNames names,
      Output out,
      Messages messages) {
    this.options = options;
    this.targets = targets;
    this.names = names;
    this.out = out;
    this.messages = messages;
  }

  /// Traces all targets from all sites.
  ///
  /// @return the exit code
  /// @throws IOException if no broker answers, or something is not allowed there
  int run(FleetArguments fleet, boolean isJson)
      throws BadArgument, IOException, InterruptedException {
    TraceTask task = task();
    List<String> asked = fleet.sites();
    Topics topics = KafkaAccess.topics(fleet.kafka());
    Connection connection = KafkaAccess.connection(fleet.kafka(), messages);
    KafkaAccess.check(connection);
    try (Interruption interruption = new Interruption(PATIENCE.toNanos(), () -> code)) {
      List<SitePath> sites;
      try (TraceCall call = TraceCall.open(connection, topics, JobName.random(), asked, task)) {
        interruption.onSignal(call::stop);
        sites = call.run();
      } // tells the agents, before the process may end by the signal
      show(sites, isJson);
      boolean _ = out.drain(Long.MAX_VALUE);
      interruption.done(code);
      return code;
    }
  }

  private TraceTask task() throws BadArgument {
    try {
      return new TraceTask(List.copyOf(targets.keySet()), options);
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  private void show(List<SitePath> sites, boolean isJson) throws InterruptedException {
    if (sites.isEmpty()) {
      messages.print("no agent has answered");
      code = ExitCode.SYSTEM;
      return;
    }
    lookUpNames(sites);
    for (SitePath site : sites) {
      if (!site.problem().isEmpty()) {
        messages.print(site.site() + " has no answer: " + site.problem());
      }
      boolean isReached =
          !site.paths().isEmpty() && site.paths().stream().allMatch(Path::isReached);
      code = isReached ? code : ExitCode.worse(code, ExitCode.UNREACHABLE);
    }
    if (isJson) {
      new SitesJson(out, options, names).write(targets, sites);
    } else {
      targets.forEach((address, name) -> {
        String title = name.equals(address.toString()) ? name : name + " (" + address + ")";
        new SitesTable(names).lines(title, address, sites).forEach(out::line);
      });
    }
  }

  private void lookUpNames(List<SitePath> sites) throws InterruptedException {
    Set<IpAddress> all = new TreeSet<>();
    for (SitePath site : sites) {
      for (Path path : site.paths()) {
        for (Path.Hop hop : path.hops()) {
          hop.responders().forEach(responder -> all.add(responder.address()));
        }
      }
    }
    all.forEach(names::lookUp);
    long end = System.nanoTime() + NAMES.toNanos();
    for (IpAddress address : all) {
      String _ = names.await(address, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }
}
