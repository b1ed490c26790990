package io.ringtap.cli.capture;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureInterface;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.cli.ExitCode;
import io.ringtap.cli.capture.CapturePlan.Form;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.source.CaptureOpening;
import io.ringtap.cli.source.InterfaceList;
import io.ringtap.cli.source.Notices;
import io.ringtap.cli.terminal.Output;
import io.ringtap.device.InterfaceEvent;
import io.ringtap.packet.PacketHandler;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One run of `ringtap capture` on interfaces: from the sockets to the summary.
final class LiveRun {
  private static final long STALLED_READER_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final PacketHandler UNSEEN = _ -> {}; // the capture counts them

  private final CapturePlan plan;
  private final CaptureOptions options;
  private final InterfaceList interfaces;
  private final Output out;
  private final Messages messages;
  private final Report report;
  private final Interruption interruption;
  private final Set<Integer> vanished = new HashSet<>(); // the watching capture thread's
  private volatile boolean isNoneLeft;

  LiveRun(
      CapturePlan plan,
      CaptureOptions options,
      InterfaceList interfaces,
      Output out,
      Messages messages,
      Report report) {
    this.plan = plan;
    this.options = options;
    this.interfaces = interfaces;
    this.out = out;
    this.messages = messages;
    this.report = report;
    // A file must become whole, however slow the disk is; lines are lost if nobody reads them.
    interruption =
        new Interruption(
            plan.form() instanceof Form.Savefile ? Long.MAX_VALUE : STALLED_READER_NANOS,
            () -> ExitCode.OK);
  }

  /// Captures until the end that the plan or a signal sets.
  ///
  /// @return the exit code
  int run() throws BadArgument, InterruptedException, IOException {
    try (Capture capture = CaptureOpening.open(options)) {
      int code = run(capture);
      interruption.done(code);
      return code;
    } finally {
      interruption.close();
    }
  }

  private int run(Capture capture) throws BadArgument, InterruptedException, IOException {
    InterfaceNames names = new InterfaceNames(interfaces.all());
    CountLimit limit = new CountLimit(plan.count(), capture::abort);
    try (Recording recording = recording(capture)) {
      tellInterfaces(capture);
      capture.start(
          handlers(recording, limit, names), event -> onInterfaceEvent(capture, names, event));
      interruption.onSignal(capture::stop);
      try (Progress _ =
          Progress.begin(plan, () -> totals(capture, recording, limit), out, report, messages)) {
        capture.await();
      }
      capture.close();
      int code = recording == null ? ExitCode.OK : recording.end();
      out.drain(interruption.hasCome() ? STALLED_READER_NANOS : Long.MAX_VALUE);
      report.summary(totals(capture, recording, limit));
      if (isNoneLeft && !limit.isReached() && !interruption.hasCome()) {
        messages.print("no interface is left to capture on");
        code = ExitCode.worse(code, ExitCode.SYSTEM);
      }
      out.drain(interruption.hasCome() ? STALLED_READER_NANOS : Long.MAX_VALUE);
      return code;
    }
  }

  private @Nullable Recording recording(Capture capture) throws BadArgument, IOException {
    return plan.form() instanceof Form.Savefile(FileArguments.Plan file)
        ? Recording.open(file, capture, messages)
        : null;
  }

  private IntFunction<PacketHandler> handlers(
      @Nullable Recording recording, CountLimit limit, InterfaceNames names) {
    return thread -> {
      PacketView view = Views.of(plan.form(), names, out);
      PacketHandler handler =
          recording != null
              ? recording.handler(thread)
              : view != null ? new ViewHandler(view, names) : UNSEEN;
      return plan.count() == CapturePlan.UNLIMITED ? handler : limit.handler(handler);
    };
  }

  private void tellInterfaces(Capture capture) {
    List<CaptureInterface> opened = capture.interfaces();
    messages.print(
        "listening on "
            + opened.stream()
                .map(one -> one.name() + ", link-type " + one.linkType())
                .collect(Collectors.joining("; "))
            + ", snapshot length "
            + options.snaplen()
            + " bytes");
    notice(Notices.of(capture.filterPlace()));
    for (CaptureInterface one : opened) {
      notice(Notices.ofState(one));
    }
  }

  private void notice(@Nullable String notice) {
    if (notice != null) {
      messages.print(notice);
    }
  }

  private void onInterfaceEvent(Capture capture, InterfaceNames names, InterfaceEvent event) {
    names.onInterfaceEvent(event);
    if (event instanceof InterfaceEvent.Appeared) {
      return; // of interest for its name only
    }
    messages.print(Notices.of(event));
    if (event instanceof InterfaceEvent.Vanished gone) {
      vanished.add(gone.index());
      isNoneLeft = capture.interfaces().stream().allMatch(one -> vanished.contains(one.index()));
    }
  }

  private Totals totals(Capture capture, @Nullable Recording recording, CountLimit limit)
      throws IOException {
    long written = recording == null ? Totals.NOT_WRITING : recording.written();
    return Totals.of(capture.counters(), limit.refused(), written);
  }
}
