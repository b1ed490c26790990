package io.ringtap.cli.ping;

import io.ringtap.cli.ping.view.ClassicView;
import io.ringtap.cli.ping.view.CsvView;
import io.ringtap.cli.ping.view.JsonView;
import io.ringtap.cli.ping.view.LinesView;
import io.ringtap.cli.ping.view.LiveTableView;
import io.ringtap.cli.ping.view.OutcomeText;
import io.ringtap.cli.ping.view.PingView;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.cli.terminal.Times;
import picocli.CommandLine.Option;

/// How results are printed.
final class FormArguments {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the summaries.")
  private boolean isQuiet;

  @Option(
      names = {"-D", "--timestamps"},
      description = "Begin lines with the time, in seconds since the epoch.")
  private boolean isStamped;

  @Option(names = "-3", description = "Print times with three decimals, however long they are.")
  private boolean isExact;

  @Option(names = "-a", description = "Beep at each reply.")
  private boolean isAudible;

  @Option(
      names = {"-j", "--json"},
      description = "An object a line for each outcome and summary (NDJSON).")
  private boolean isJson;

  @Option(
      names = "--csv",
      description = "A line for each summary, after one with the columns' names.")
  private boolean isCsv;

  // Methods are given to picocli in no certain order, hence "order".
  @Option(
      names = {"-n", "--numeric"},
      order = 1,
      description = "No effect: addresses are never looked up. For those who type it from habit.")
  void numeric(boolean isWanted) {}

  @Option(
      names = "-O",
      order = 2,
      description = "No effect: a probe without an answer has a line in any case.")
  void outstanding(boolean isWanted) {}

  @Option(
      names = "-v",
      order = 3,
      description = "No effect: lines say all there is to say in any case.")
  void verbose(boolean isWanted) {}

  void check() throws BadArgument {
    if (isJson && isCsv) {
      throw new BadArgument("--json and --csv exclude each other");
    }
  }

  PingView view(PingPlan plan, Output out, Messages messages) {
    if (isJson) {
      return new JsonView(out, isQuiet);
    }
    if (isCsv) {
      return new CsvView(out);
    }
    OutcomeText.Style outcomes = new OutcomeText.Style(isStamped, isExact, isAudible);
    if (plan.isSingle()) {
      return new ClassicView(out, isQuiet, outcomes, System::nanoTime);
    }
    boolean isOnTerminal = Terminal.isInteractive();
    boolean hasProbes = !isQuiet && plan.options().count() != 1;
    LinesView.Style style =
        new LinesView.Style(
            hasProbes && !isOnTerminal,
            outcomes,
            isOnTerminal ? Terminal.size().columns() : Integer.MAX_VALUE);
    LinesView lines = new LinesView(out, messages, style, Times::epochNanos);
    return hasProbes && isOnTerminal ? new LiveTableView(out, messages, lines) : lines;
  }
}
