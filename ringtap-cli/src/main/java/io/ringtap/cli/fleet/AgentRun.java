package io.ringtap.cli.fleet;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.LastingLog;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.ProgramVersion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.fleet.agent.Agent;
import io.ringtap.fleet.agent.AgentListener;
import io.ringtap.fleet.agent.AgentSetup;
import io.ringtap.fleet.agent.AllowList;
import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.record.AgentRecord;
import io.ringtap.fleet.record.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

/// Runs `ringtap fleet agent`: a line for each change of its share, until a signal comes.
final class AgentRun implements AgentListener {
  /// A broker that does not answer may have to be waited for, and a disk.
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private static final long LAST_LINES_NANOS = Duration.ofSeconds(2).toNanos();

  private final Messages messages;
  private final Output out;
  private final CountDownLatch ending = new CountDownLatch(1);
  private volatile int code = ExitCode.OK;

  private AgentRun(Messages messages, Output out) {
    this.messages = messages;
    this.out = out;
  }

  static int run(AgentCommand arguments, CommandSpec spec) throws BadArgument, IOException {
    LastingLog.begin();
    Messages messages = new Messages(spec);
    AgentSetup setup = setup(arguments, messages, spec);
    try (Output out = CommandOutput.ofService(messages)) {
      return new AgentRun(messages, out).run(setup);
    } catch (IllegalArgumentException e) {
      throw new BadArgument("--spool-size: " + e.getMessage());
    }
  }

  private static AgentSetup setup(AgentCommand arguments, Messages messages, CommandSpec spec)
      throws BadArgument, IOException {
    if (arguments.capacity < 1 || arguments.capacity > AgentRecord.MOST_CAPACITY) {
      throw new BadArgument("--capacity must be 1 to " + AgentRecord.MOST_CAPACITY);
    }
    Origin origin = KafkaAccess.origin(arguments.site, arguments.name);
    try {
      return new AgentSetup(
          KafkaAccess.connection(arguments.kafka, messages),
          KafkaAccess.topics(arguments.kafka),
          origin.site(),
          origin.agent(),
          arguments.capacity,
          allowed(arguments),
          arguments.onStop == AgentCommand.OnStop.STAY,
          arguments.spool,
          arguments.spoolBytes,
          arguments.deliversProbes,
          arguments.jobRate,
          ProgramVersion.of(spec));
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  private static AllowList allowed(AgentCommand arguments) throws BadArgument {
    AllowList allowed = AllowList.parse(arguments.allowed);
    Path file = arguments.allowFile;
    if (file != null) {
      try {
        allowed = allowed.or(AllowList.read(file));
      } catch (IOException e) {
        throw new BadArgument("--allow-file " + file + " cannot be read: " + e.getMessage());
      }
    }
    if (allowed.ranges().isEmpty()) {
      throw new BadArgument(
          "which addresses may be probed from here? Name them with --allow, or write '--allow"
              + " any'");
    }
    return allowed;
  }

  /// Refuses to begin where that has no use. A broker that is not there may come, and one that does
  /// not answer may only be busy.
  private void check(AgentSetup setup) throws BadArgument, IOException, InterruptedException {
    try {
      KafkaAccess.check(setup.connection());
    } catch (BrokerException e) {
      switch (e.kind()) {
        case UNREACHABLE, PROTOCOL, OTHER -> messages.print(e.getMessage() + "; waiting for it");
        case NOT_AUTHENTICATED, NOT_AUTHORIZED, TOPIC, CONFIGURATION -> throw e;
      }
    }
  }

  private int run(AgentSetup setup) throws BadArgument, IOException {
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, () -> code)) {
      try {
        check(setup);
        await(setup, interruption);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      boolean _ = out.drain(LAST_LINES_NANOS);
      interruption.done(code);
      return code;
    }
  }

  private void await(AgentSetup setup, Interruption interruption)
      throws IOException, InterruptedException {
    try (Agent _ = Agent.start(setup, this)) {
      interruption.onSignal(ending::countDown);
      ending.await();
    }
  }

  @Override
  public void onShare(int shards, int targets) {
    out.line(new StringBuilder("%d shards, %d targets".formatted(shards, targets)));
  }

  @Override
  public void onFailure(String why) {
    messages.print(why);
    code = ExitCode.SYSTEM;
    ending.countDown();
  }
}
