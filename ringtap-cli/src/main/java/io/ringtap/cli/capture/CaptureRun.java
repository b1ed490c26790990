package io.ringtap.cli.capture;

import io.ringtap.capture.FrameSource;
import io.ringtap.cli.capture.CapturePlan.Form;
import io.ringtap.cli.capture.CapturePlan.Input;
import io.ringtap.cli.capture.Report.Totals;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.InterimReport;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.signal.SignalHandlers;
import io.ringtap.cli.source.InterfaceList;
import io.ringtap.cli.terminal.Output;
import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.MalformedSavefile;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// One run of `ringtap capture`: takes packets from interfaces or a file, shows them, writes them
/// to a file or counts them, and prints what became of them.
final class CaptureRun {
  private static final long STALLED_READER_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final PacketHandler UNSEEN = _ -> {}; // the source counts them

  private final CapturePlan plan;
  private final InterfaceList interfaces;
  private final Output out;
  private final Messages messages;
  private final Report report;
  private final Interruption interruption;
  private final Recording.@Nullable Opening recordings;

  /// @param recordings opens what packets are written to; null if they are not
  /// @param interfaces of the namespace that is captured in
  CaptureRun(
      CapturePlan plan,
      Recording.@Nullable Opening recordings,
      InterfaceList interfaces,
      Output out,
      Messages messages) {
    this.plan = plan;
    this.recordings = recordings;
    this.interfaces = interfaces;
    this.out = out;
    this.messages = messages;
    report = plan.isJson() ? new JsonReport(out) : new TextReport(messages);
    // A file must become whole, however slow the disk is; lines are lost if nobody reads them.
    interruption =
        new Interruption(
            plan.form() instanceof Form.Savefile ? Long.MAX_VALUE : STALLED_READER_NANOS,
            () -> ExitCode.OK);
  }

  /// Takes packets until the end that the source, the plan or a signal sets.
  ///
  /// @return the exit code
  int run() throws BadArgument, InterruptedException, IOException {
    try (interruption;
        PacketInput input = open()) {
      int code = input == null ? endBeforeItBegan() : run(input);
      interruption.done(code);
      return code;
    }
  }

  /// Opens the source; null if a signal came while the head of a file was awaited.
  private @Nullable PacketInput open() throws BadArgument, IOException {
    return switch (plan.input()) {
      case Input.Live live -> LiveInput.open(live, interfaces, messages);
      case Input.Saved saved -> {
        try {
          yield FileInput.open(saved, interruption::onSignal, messages);
        } catch (BadArgument e) {
          if (interruption.hasCome()) {
            yield null;
          }
          throw e;
        }
      }
    };
  }

  private int endBeforeItBegan() {
    report.summary(0, Totals.NONE, true);
    drain();
    return ExitCode.OK;
  }

  private int run(PacketInput input) throws BadArgument, InterruptedException, IOException {
    FrameSource source = input.source();
    interruption.onSignal(source::stop);
    if (interruption.hasCome()) {
      source.stop(); // the signal came while the head of a file was read
    }
    if (plan.user() != null) {
      Relinquishment.to(plan.user()); // before the first file is created
    }
    CountLimit limit = new CountLimit(plan.count(), source::abort);
    try (Recording recording = recordings == null ? null : recordings.open(input)) {
      int code;
      Progress.Source totals = () -> totals(source, recording, limit);
      Runnable interim = () -> Progress.print(totals, input, messages);
      out.lastWords(interim);
      try (InterimReport _ = InterimReport.onQuit(interim)) {
        SignalHandlers.handle("USR1", interim); // as tcpdump has it
        SignalHandlers.handle("USR2", () -> flush(recording));
        input.announce();
        source.start(handlers(input, recording, limit), input);
        input.onStarted();
        try (Progress _ = Progress.begin(plan, totals, out, report, messages)) {
          code = await(source);
        }
      }
      source.stop(); // so that no count changes any more
      code = ExitCode.worse(code, recording == null ? ExitCode.OK : recording.end());
      drain();
      // Before the source is closed, which takes long for many rings.
      Totals last = totals(source, recording, limit).settled();
      input.summarize(report, last, interruption.hasCome());
      if (plan.isCount() && !plan.isJson()) {
        out.line(new StringBuilder(TextReport.packets(last.captured())));
      }
      String earlyEnd = input.earlyEnd();
      if (earlyEnd != null && !limit.isReached() && !interruption.hasCome()) {
        messages.print(earlyEnd);
        code = ExitCode.worse(code, ExitCode.SYSTEM);
      }
      drain();
      return code;
    }
  }

  /// The handler of each thread.
  private IntFunction<PacketHandler> handlers(
      PacketInput input, @Nullable Recording recording, CountLimit limit) {
    AtomicLong numbers = new AtomicLong();
    return thread -> {
      PacketView view = PacketView.of(plan.form(), input, numbers::incrementAndGet, out);
      PacketHandler handler = both(recording == null ? null : recording.handler(thread), view);
      PacketHandler whole =
          plan.input() instanceof Input.Saved saved
              ? new Shortening(saved.snaplen(), handler)
              : handler; // the kernel has cut them
      return plan.count() == CapturePlan.UNLIMITED ? whole : limit.handler(whole);
    };
  }

  private static PacketHandler both(@Nullable PacketHandler file, @Nullable PacketHandler view) {
    if (file == null || view == null) {
      return file != null ? file : view != null ? view : UNSEEN;
    }
    return new PacketHandler() {
      @Override
      public void onPacket(Frame packet) {
        file.onPacket(packet);
        view.onPacket(packet);
      }

      @Override
      public void onDrained(long completeUntil) {
        file.onDrained(completeUntil);
        view.onDrained(completeUntil);
      }
    };
  }

  /// Waits for the end of the source.
  ///
  /// @return the exit code
  private int await(FrameSource source) throws InterruptedException, IOException {
    try {
      source.await();
      return ExitCode.OK;
    } catch (MalformedSavefile e) {
      drain(); // all whole packets first
      messages.print(String.valueOf(e.getMessage()));
      return ExitCode.BAD_ARGUMENTS;
    }
  }

  private static void flush(@Nullable Recording recording) {
    if (recording != null) {
      recording.requestFlush();
    }
  }

  private void drain() {
    boolean _ = out.drain(interruption.hasCome() ? STALLED_READER_NANOS : Long.MAX_VALUE);
  }

  private static Totals totals(FrameSource source, @Nullable Recording recording, CountLimit limit)
      throws IOException {
    long written = recording == null ? Totals.NOT_WRITING : recording.written();
    return Totals.of(source.counters(), limit.refused(), written);
  }
}
