package io.ringtap.cli.replay;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.InterimReport;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.cli.run.Ticker;
import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.StatusLine;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.cli.terminal.Times;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.FilterException;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.send.Pace;
import io.ringtap.send.PacketSender;
import io.ringtap.send.Refusal;
import io.ringtap.send.Replay;
import io.ringtap.send.SendCounters;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// One run of `ringtap replay`. Nothing is sent before all that can be refused has been: the
/// expression, the file's head, the interface.
final class ReplayRun {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// How far a replay is.
  private static final class Progress implements Ticker.Task {
    private final StatusLine line;
    private final PacketSender sender;
    private final Replay replay;
    private SendCounters before;

    Progress(StatusLine line, PacketSender sender, Replay replay) {
      this.line = line;
      this.sender = sender;
      this.replay = replay;
      before = sender.counters();
    }

    @Override
    public void tick(long nanos) {
      SendCounters now = sender.counters();
      long bits = (now.sentBytes() - before.sentBytes()) * Byte.SIZE;
      line.show(
          "%s: %d packets sent, %d refused, %s packets/s, %s"
              .formatted(
                  Times.minutes(replay.elapsed()),
                  now.sent(),
                  now.refused() + now.refusedByKernel(),
                  Figures.si(Figures.perSecond(now.sent() - before.sent(), nanos)),
                  Figures.bitRate(Figures.perSecond(bits, nanos))));
      before = now;
    }
  }

  private final ReplayPlan plan;
  private final Consumer<Account> report;
  private final PrintWriter err;
  private final Messages messages;
  private final Interruption interruption = new Interruption(PATIENCE_NANOS, () -> ExitCode.OK);

  /// @param report prints the account, and returns when it is out: a signal ends the process once
  ///   the run is done
  ReplayRun(ReplayPlan plan, Consumer<Account> report, CommandSpec spec) {
    this.plan = plan;
    this.report = report;
    err = spec.commandLine().getErr();
    messages = new Messages(spec);
  }

  /// Sends the file to its end, or to the end that the plan or a signal sets.
  ///
  /// @return the exit code
  /// @throws BadArgument if the file is bad, or none of the packets fits
  /// @throws FilterException if the expression is not a filter for the interface's packets
  /// @throws IOException (a LinuxException) if the interface cannot be opened
  int run() throws BadArgument, IOException {
    try (interruption;
        StandardInput standardInput = plan.isStandardInput() ? standardInput() : null;
        ReplayFile file = ReplayFile.open(plan, standardInput);
        PacketSender sender = PacketSender.open(plan.sender())) {
      check(file, sender);
      int code = run(file, sender, standardInput);
      interruption.done(code);
      return code;
    }
  }

  private static StandardInput standardInput() throws BadArgument {
    try {
      return new StandardInput();
    } catch (IOException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  private void check(ReplayFile file, PacketSender sender) throws BadArgument {
    if (file.isOfOneLinkType() && file.linkTypes().noneMatch(sender::takes)) {
      throw new BadArgument(otherLinkType(file, sender));
    }
    FilterException problem = file.problem(sender.linkType());
    if (problem != null) {
      throw problem;
    }
  }

  private String otherLinkType(ReplayFile file, PacketSender sender) {
    return plan.name()
        + ": its packets are "
        + file.linkTypes().map(LinkType::toString).collect(Collectors.joining(" and "))
        + ", and "
        + sender.interfaceName()
        + " sends only "
        + sender.linkType();
  }

  private int run(ReplayFile file, PacketSender sender, @Nullable StandardInput standardInput)
      throws IOException {
    Replay replay = new Replay(sender, plan.pace());
    interruption.onSignal(() -> {
      replay.stop();
      if (standardInput != null) {
        standardInput.end(); // the next packet may not come for long
      }
    });
    int code = ExitCode.OK;
    try (StatusLine line = new StatusLine(err, Terminal.errorColumns());
        Ticker _ =
            line.isOnTerminal()
                ? new Ticker(SECOND_NANOS, new Progress(line, sender, replay))
                : null;
        InterimReport _ = InterimReport.onQuit(() -> printInterim(sender))) {
      rounds(file, replay);
    } catch (MalformedSavefile e) {
      if (!interruption.hasCome()) { // otherwise a signal has cut it off
        messages.print(String.valueOf(e.getMessage()));
        code = ExitCode.BAD_ARGUMENTS;
      }
    } catch (LinuxException e) {
      messages.print(String.valueOf(e.getMessage()));
      code = ExitCode.SYSTEM;
    }
    SendCounters counters = sender.counters();
    report.accept(
        new Account(
            plan,
            counters,
            plan.expression() == null ? null : file.filtered(),
            replay.elapsed(),
            plan.pace() instanceof Pace.Unlimited ? null : replay.ideal()));
    if (counters.refusedByKernel() > 0) {
      code = ExitCode.worse(code, ExitCode.SYSTEM);
    }
    if (counters.offered() > 0 && counters.refused(Refusal.LINK_TYPE) == counters.offered()) {
      messages.print(otherLinkType(file, sender));
      code = ExitCode.worse(code, ExitCode.BAD_ARGUMENTS);
    }
    return code;
  }

  private void printInterim(PacketSender sender) {
    SendCounters counters = sender.counters();
    messages.line(
        "%d packets sent, %d refused, %d refused by kernel"
            .formatted(counters.sent(), counters.refused(), counters.refusedByKernel()));
  }

  private void rounds(ReplayFile file, Replay replay) throws IOException {
    int rounds = plan.extent().rounds();
    for (int round = 1; ; round++) {
      replay.run(file);
      if (round == rounds || interruption.hasCome() || !file.rewind()) {
        return;
      }
    }
  }
}
