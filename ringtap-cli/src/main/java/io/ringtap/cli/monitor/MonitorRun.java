package io.ringtap.cli.monitor;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.LastingLog;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.ProgramVersion;
import io.ringtap.cli.signal.SignalHandlers;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Printable;
import io.ringtap.monitor.Monitor;
import io.ringtap.monitor.MonitorSetup;
import io.ringtap.monitor.RunningMonitor;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventListener;
import io.ringtap.monitor.tui.MonitorView;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/// Runs `ringtap monitor`: a line for the page, then one for each event, until a signal comes; or a
/// view of all on the terminal, until a key or a signal comes.
final class MonitorRun {
  /// The store may have a slow disk to wait for.
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  private static final long LAST_LINES_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long LOOK_MILLIS = 200;
  private static final int MOST_LINES = 10_000; // that wait for a reader

  private final Messages messages;
  private final Output out;

  /// Events come on a thread that must not wait for whoever reads the output.
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(MOST_LINES);

  private final AtomicLong unshown = new AtomicLong();
  private volatile boolean isEnding;
  private volatile int code = ExitCode.OK;

  private MonitorRun(Messages messages, Output out) {
    this.messages = messages;
    this.out = out;
  }

  /// Opens a monitor, and starts it.
  @FunctionalInterface
  interface Opening {
    RunningMonitor open(MonitorSetup setup, EventListener events, Consumer<Throwable> onFailure)
        throws IOException, InterruptedException;
  }

  static int run(Configured configured, boolean isOnTerminal, CommandSpec spec)
      throws BadArgument, IOException {
    return run(configured, Monitor::open, isOnTerminal, spec);
  }

  /// Runs another kind of monitor.
  static int run(Configured configured, Opening opening, boolean isOnTerminal, CommandSpec spec)
      throws BadArgument, IOException {
    Messages messages = new Messages(spec);
    if (isOnTerminal) {
      System.setErr(ErrorLines.of(messages)); // the log would write over the view
    }
    LastingLog.begin();
    MonitorSetup setup =
        new MonitorSetup(
            configured.read(messages::line),
            configured.file(),
            configured::adapted,
            configured.metrics(),
            ProgramVersion.of(spec));
    try (Output out = CommandOutput.ofService(messages)) {
      return new MonitorRun(messages, out)
          .run(opening, setup, isOnTerminal, configured.isOfFleet());
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  private int run(Opening opening, MonitorSetup setup, boolean isOnTerminal, boolean isOfFleet)
      throws IOException {
    boolean hasSites =
        !isOfFleet && setup.config().groups().stream().anyMatch(it -> !it.sites().isEmpty());
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, () -> code)) {
      try (RunningMonitor monitor = opening.open(setup, this::onEvent, this::onFailure)) {
        interruption.onSignal(() -> isEnding = true);
        if (setup.file() != null) {
          SignalHandlers.handle("HUP", monitor::reload);
        }
        begin(monitor, hasSites);
        if (isOnTerminal) {
          showView(monitor);
        }
        while (!isEnding) {
          show(LOOK_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      boolean _ = out.drain(LAST_LINES_NANOS);
      interruption.done(code);
      return code;
    }
  }

  private void begin(RunningMonitor monitor, boolean hasSites) throws InterruptedException {
    if (monitor.lacksRawSockets()) {
      messages.print(
          "raw sockets are not permitted (they need CAP_NET_RAW), so this uses datagram sockets");
    }
    if (hasSites) {
      messages.print("sites: is for a fleet, so the targets of all sites are watched from here");
    }
    line("watching %s; page: %s".formatted(monitor.extent(), monitor.uri()));
  }

  /// Shows all on the terminal, events too.
  private void showView(RunningMonitor monitor) throws InterruptedException {
    out.lastWords(() -> isEnding = true); // nobody could end it by a key any more
    MonitorView view = monitor.view(TerminalView.look());
    try (TerminalView _ = new TerminalView(out, messages, view, () -> isEnding = true)) {
      while (!isEnding) {
        Thread.sleep(LOOK_MILLIS);
        events.clear(); // the view has them from the history
      }
    }
  }

  /// Shows what has happened, or waits for it.
  private void show(long millis) throws InterruptedException {
    for (Event event = events.poll(millis, TimeUnit.MILLISECONDS);
        event != null;
        event = events.poll()) {
      line(EventLine.of(event));
    }
    long missing = unshown.getAndSet(0);
    if (missing > 0) {
      messages.print(missing + " events are not shown here, for nobody read the output");
    }
  }

  private void line(String text) {
    out.line(new StringBuilder(Printable.of(text)));
  }

  private void onEvent(Event event) {
    if (!events.offer(event)) {
      unshown.incrementAndGet();
    }
  }

  private void onFailure(Throwable failure) {
    if (!isEnding) {
      messages.print("the monitor has failed: " + failure.getMessage());
      code = ExitCode.SYSTEM;
      isEnding = true;
    }
  }
}
