package io.ringtap.fleet.reader;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Says what is wrong with what is read, so that a flood of it makes few lines: of each kind the
/// first at once, and then at most one line in a while, with how many there were. One thread uses
/// it.
final class Complaints {
  private static final Logger LOG = System.getLogger("io.ringtap.fleet.reader");
  private static final long PAUSE_NANOS = 60_000_000_000L;
  private static final int MOST_KINDS = 1_000;

  private static final class Kind {
    long saidNanos;
    long unsaid;
  }

  private final Map<String, Kind> kinds = new HashMap<>();
  private final LongSupplier nanos;

  /// @param nanos a clock that nobody sets
  Complaints(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// Says something, or counts it.
  ///
  /// @param kind what it has in common with others
  void say(String kind, String line) {
    long now = nanos.getAsLong();
    Kind known = kinds.get(kind);
    if (known == null && kinds.size() >= MOST_KINDS) {
      return;
    }
    if (known != null && now - known.saidNanos < PAUSE_NANOS) {
      known.unsaid++;
      return;
    }
    long more = known == null ? 0 : known.unsaid;
    LOG.log(Level.WARNING, more == 0 ? line : line + " (and " + more + " more like it before)");
    Kind said = known == null ? new Kind() : known;
    said.saidNanos = now;
    said.unsaid = 0;
    kinds.put(kind, said);
  }

  /// Says something once, whatever comes.
  void sayOnce(String kind, String line) {
    if (!kinds.containsKey(kind) && kinds.size() < MOST_KINDS) {
      LOG.log(Level.WARNING, line);
      Kind said = new Kind();
      said.saidNanos = Long.MAX_VALUE / 2; // a pause without an end
      kinds.put(kind, said);
    }
  }
}
