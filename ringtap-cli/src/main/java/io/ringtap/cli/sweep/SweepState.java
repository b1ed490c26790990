package io.ringtap.cli.sweep;

import io.ringtap.sweep.space.Shard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How far a sweep has come, as a text: a line with the format and its version, then a line for
/// each key with its value after a blank. Keys that a reader does not know are for later versions,
/// and are passed over; a version that it does not know is refused.
///
/// @param identity what the sweep is, so that another one is not taken for it
/// @param completed the position below which all is decided
/// @param tally what all runs so far have counted
record SweepState(Identity identity, long completed, Tally tally) {
  /// What must be the same in each run: then a position has the same target.
  ///
  /// @param targets a digest of addresses, ports and kind of probe
  /// @param size how many targets the shard has
  record Identity(String targets, long seed, Shard shard, long size) {
    /// In what another sweep differs from this one.
    String difference(Identity other) {
      if (!shard.equals(other.shard)) {
        return "the state of shard " + shard + ", not of " + other.shard;
      }
      if (seed != other.seed) {
        return "the state of a sweep with --seed " + seed + ", not " + other.seed;
      }
      return "the state of another sweep: addresses, exclusions, ports or payload differ";
    }
  }

  /// The text is no state, or one of a later version.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  private static final String FORMAT = "ringtap-sweep-state ";
  private static final String VERSION = "1";

  /// The text.
  String text() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("targets", identity.targets);
    values.put("seed", identity.seed);
    values.put("shard", identity.shard);
    values.put("size", identity.size);
    values.put("completed", completed);
    values.put("runs", tally.runs());
    values.put("elapsed_ns", tally.elapsedNanos());
    values.put("sent", tally.sent());
    values.put("refused", tally.refused());
    values.put("found", tally.found());
    values.put("open", tally.open());
    values.put("repeats", tally.repeats());
    values.put("duplicates", tally.duplicates());
    values.put("errors", tally.errors());
    values.put("invalid", tally.invalid());
    values.put("dropped", tally.dropped());
    StringBuilder text = new StringBuilder(FORMAT).append(VERSION).append('\n');
    values.forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
    return text.toString();
  }

  /// Reads a text.
  static SweepState parse(String text) throws Malformed {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith(FORMAT)) {
      throw new Malformed("not a state of ringtap sweep");
    }
    String version = lines.getFirst().substring(FORMAT.length());
    if (!version.equals(VERSION)) {
      throw new Malformed("a state of version " + version + ", and this is for " + VERSION);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int blank = line.indexOf(' ');
      if (blank > 0) {
        values.put(line.substring(0, blank), line.substring(blank + 1));
      }
    }
    Reader reader = new Reader(values);
    try {
      Identity identity =
          new Identity(
              reader.word("targets"),
              reader.number("seed"),
              Shard.parse(reader.word("shard")),
              reader.count("size"));
      SweepState state = new SweepState(identity, reader.count("completed"), reader.tally());
      if (state.completed > identity.size) {
        throw new Malformed("completed " + state.completed + " of " + identity.size + " targets");
      }
      return state;
    } catch (IllegalArgumentException e) {
      throw new Malformed(String.valueOf(e.getMessage()));
    }
  }

  /// Values by their keys.
  private record Reader(Map<String, String> values) {
    String word(String key) throws Malformed {
      String value = values.get(key);
      if (value == null) {
        throw new Malformed("there is no " + key);
      }
      return value;
    }

    long number(String key) throws Malformed {
      String value = word(key);
      try {
        return Long.parseLong(value);
      } catch (NumberFormatException e) {
        throw new Malformed(key + " is '" + value + "' and not a number");
      }
    }

    long count(String key) throws Malformed {
      long value = number(key);
      if (value < 0) {
        throw new Malformed(key + " is " + value);
      }
      return value;
    }

    Tally tally() throws Malformed {
      return new Tally(
          count("runs"),
          count("elapsed_ns"),
          count("sent"),
          count("refused"),
          count("found"),
          count("open"),
          count("repeats"),
          count("duplicates"),
          count("errors"),
          count("invalid"),
          count("dropped"));
    }
  }
}
