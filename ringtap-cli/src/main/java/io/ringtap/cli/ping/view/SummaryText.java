package io.ringtap.cli.ping.view;

import io.ringtap.ping.PingCounts;

/// The parts of summaries that are the same for one target and for many.
final class SummaryText {
  private SummaryText() {}

  /// Appends the counts that are worth a word only when they are not zero.
  static void counts(StringBuilder text, PingCounts counts) {
    more(text, counts.late(), " late");
    more(text, counts.lateErrors(), " late errors");
    more(text, counts.duplicates(), " duplicates");
    more(text, counts.further(), " further replies");
    more(text, counts.corrupted(), " corrupted");
    more(text, counts.errors(), " errors");
    more(text, counts.elsewhere(), " from another address");
    more(text, counts.unsent(), " not sent");
    more(text, counts.withdrawn(), " undecided");
    more(text, counts.dropped(), " dropped on this machine");
    more(text, counts.departuresUnseen(), " departures not seen");
  }

  private static void more(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", +").append(count).append(what);
    }
  }
}
