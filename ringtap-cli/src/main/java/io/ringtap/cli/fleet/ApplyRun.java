package io.ringtap.cli.fleet;

import io.ringtap.cli.fleet.ApplyReport.Place;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.plan.FleetFile;
import io.ringtap.fleet.plan.Outcome;
import io.ringtap.fleet.plan.Plan;
import io.ringtap.fleet.plan.TargetTopic;
import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.fleet.record.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Runs `ringtap fleet apply`.
///
/// @param shards null for as many as there are, or by default
record ApplyRun(
    Path file,
    KafkaArguments kafka,
    boolean isDryRun,
    boolean isPruning,
    @Nullable Integer shards,
    boolean isJson) {
  /// What has been sent when a signal comes is waited for.
  private static final long PATIENCE_NANOS = Duration.ofSeconds(70).toNanos();

  int run(CommandSpec spec) throws BadArgument, IOException, InterruptedException {
    Messages messages = new Messages(spec);
    Topics topics = KafkaAccess.topics(kafka);
    Connection connection = KafkaAccess.connection(kafka, messages);
    switch (FleetFile.read(file)) {
      case FleetFile.Content.Invalid(List<String> mistakes) -> {
        mistakes.forEach(messages::line);
        return ExitCode.BAD_ARGUMENTS;
      }
      case FleetFile.Content.Valid(List<TargetRecord> targets, List<String> notices) -> {
        notices.forEach(messages::print);
        KafkaAccess.check(connection);
        try (Output out = CommandOutput.open(spec, () -> ExitCode.OK);
            TargetTopic topic = TargetTopic.open(connection, topics)) {
          ApplyReport report =
              isJson
                  ? new ApplyJson(out)
                  : new ApplyText(
                      out, messages, Terminal.isInteractive() && Terminal.isColourWelcome());
          int code = apply(targets, topic, report);
          boolean _ = out.drain(Long.MAX_VALUE);
          return code;
        }
      }
    }
  }

  private int apply(List<TargetRecord> targets, TargetTopic topic, ApplyReport report)
      throws BadArgument, IOException, InterruptedException {
    boolean isNew = topic.shards() == 0;
    if (!isNew && shards != null && shards != topic.shards()) {
      throw new BadArgument(
          "--shards %d: the topic %s is there, with %d; their number cannot be changed by this"
              .formatted(shards, topic.name(), topic.shards()));
    }
    int wanted = shards == null ? Topics.DEFAULT_SHARDS : shards;
    Place place = new Place(topic.name(), isNew ? wanted : topic.shards(), isNew);
    Plan plan = topic.plan(targets, wanted, isPruning);
    report.plan(plan, place);
    if (isDryRun || plan.isDone()) {
      report.end(plan, place, null);
      return ExitCode.OK;
    }
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, () -> ExitCode.SYSTEM)) {
      interruption.onSignal(() -> {}); // which is asked for below
      Outcome outcome = topic.write(plan, wanted, interruption::hasCome);
      report.end(plan, place, outcome);
      int code = outcome.why() == null ? ExitCode.OK : ExitCode.SYSTEM;
      interruption.done(code);
      return code;
    }
  }
}
