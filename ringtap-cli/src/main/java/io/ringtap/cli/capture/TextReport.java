package io.ringtap.cli.capture;

import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Figures;

/// The counts as lines on standard error, at the end those of tcpdump.
final class TextReport implements Report {
  private final Messages messages;

  TextReport(Messages messages) {
    this.messages = messages;
  }

  @Override
  public void stats(Totals now, Totals before, long nanos) {
    messages.line(line(now, before, nanos));
  }

  static String line(Totals now, Totals before, long nanos) {
    StringBuilder line = new StringBuilder();
    append(line, "captured", now.captured(), before.captured(), nanos);
    append(line, ", dropped by kernel", now.droppedByKernel(), before.droppedByKernel(), nanos);
    append(line, ", freezes", now.freezes(), before.freezes(), nanos);
    append(
        line,
        ", dropped by interface",
        now.droppedByInterface(),
        before.droppedByInterface(),
        nanos);
    if (now.written() != Totals.NOT_WRITING) {
      append(line, ", written", now.written(), Math.max(0, before.written()), nanos);
    }
    return line.toString();
  }

  private static void append(StringBuilder line, String what, long now, long before, long nanos) {
    line.append(what)
        .append(' ')
        .append(Math.round(Figures.perSecond(now - before, nanos)))
        .append("/s (")
        .append(now)
        .append(')');
  }

  /// Prints what the counts are while the capture runs, in the words of the summary. Packets that
  /// the kernel still holds are not discarded yet.
  void interim(Totals totals) {
    line(totals.captured(), "captured");
    line(totals.receivedByFilter(), "received by filter");
    line(totals.droppedByKernel(), "dropped by kernel");
    line(totals.droppedByInterface(), "dropped by interface");
  }

  @Override
  public void summary(Totals totals) {
    interim(totals);
    long unwanted = totals.discarded() + totals.waiting();
    if (unwanted > 0) {
      line(unwanted, "discarded, for they came after the last that was wanted");
    }
    if (totals.written() != Totals.NOT_WRITING && totals.written() != totals.captured()) {
      line(totals.written(), "written");
    }
  }

  private void line(long count, String what) {
    messages.line(packets(count) + " " + what);
  }

  static String packets(long count) {
    return count + (count == 1 ? " packet" : " packets");
  }

  /// Prints how far the reading of a file is.
  void ofFile(long read, Totals totals) {
    line(read, "read");
    if (totals.written() == Totals.NOT_WRITING) {
      line(totals.captured(), "shown");
    } else {
      line(totals.written(), "written");
    }
  }

  @Override
  public void summary(long read, Totals totals, boolean wasStopped) {
    if (wasStopped) {
      ofFile(read, totals); // otherwise all was read, which tcpdump does not count either
    }
  }
}
