package io.ringtap.cli.fleet;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.record.Topics;
import io.ringtap.fleet.status.FleetStatus;
import io.ringtap.fleet.status.StatusReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

/// Runs `ringtap fleet status`: shows it at intervals, until the count is reached or a signal ends
/// it.
final class StatusRun {
  /// A broker that has gone is waited for no longer than that at the end.
  private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final long LISTENING_NANOS = Duration.ofMillis(200).toNanos();

  private final StatusReader reader;
  private final List<String> sites;
  private final StatusView view;
  private final Messages messages;
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile int code = ExitCode.OK;

  private StatusRun(StatusReader reader, List<String> sites, StatusView view, Messages messages) {
    this.reader = reader;
    this.sites = sites;
    this.view = view;
    this.messages = messages;
  }

  static int run(StatusCommand arguments, CommandSpec spec)
      throws BadArgument, IOException, InterruptedException {
    Messages messages = new Messages(spec);
    List<String> sites = sites(arguments.sites);
    Topics topics = KafkaAccess.topics(arguments.kafka);
    Connection connection = KafkaAccess.connection(arguments.kafka, messages);
    KafkaAccess.check(connection);
    boolean isTable = !arguments.isJson && Terminal.isInteractive();
    int count = arguments.count == null ? (isTable ? 0 : 1) : arguments.count;
    try (StatusReader reader = StatusReader.open(connection, topics);
        Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      StatusView view;
      if (isTable) {
        view = new StatusView.Table(out, messages);
      } else {
        view = arguments.isJson ? new StatusJson(out) : new StatusView.Lines(out);
      }
      return new StatusRun(reader, sites, view, messages)
          .run(arguments.interval.toNanos(), count, out);
    }
  }

  private static List<String> sites(List<String> given) throws BadArgument {
    try {
      return given.stream().map(Origin::checkedName).distinct().sorted().toList();
    } catch (IllegalArgumentException e) {
      throw new BadArgument("--site: " + e.getMessage());
    }
  }

  private int run(long intervalNanos, int count, Output out)
      throws IOException, InterruptedException {
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, () -> code)) {
      interruption.onSignal(end::countDown);
      try {
        show(reader.read(sites));
        for (int i = 1; (count == 0 || i < count) && await(intervalNanos); i++) {
          showAgain();
        }
      } finally {
        view.onEnd();
        boolean _ = out.drain(interruption.hasCome() ? PATIENCE_NANOS : Long.MAX_VALUE);
      }
      interruption.done(code);
      return code;
    }
  }

  private void show(FleetStatus status) {
    view.onStatus(status);
    code = status.unwatched() > 0 ? ExitCode.UNREACHABLE : ExitCode.OK;
  }

  /// A broker that has gone may come back.
  private void showAgain() throws BrokerException, InterruptedException {
    try {
      show(reader.read(sites));
    } catch (BrokerException e) {
      if (e.kind() != BrokerException.Kind.UNREACHABLE) {
        throw e;
      }
      messages.print(String.valueOf(e.getMessage()));
      code = ExitCode.SYSTEM;
    }
  }

  /// Listens until the next time.
  ///
  /// @return false if it is the end
  private boolean await(long intervalNanos) throws BrokerException {
    long due = System.nanoTime() + intervalNanos;
    for (long left = intervalNanos; left > 0 && end.getCount() > 0; ) {
      reader.listen(Duration.ofNanos(Math.min(left, LISTENING_NANOS)));
      left = due - System.nanoTime();
    }
    return end.getCount() > 0;
  }
}
