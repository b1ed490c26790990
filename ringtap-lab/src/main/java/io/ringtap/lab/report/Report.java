package io.ringtap.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An experiment's whole result: every raw sample, and what is needed to read and repeat it.
///
/// @param experiment its name on the command line, such as `flood`
/// @param title of the report
/// @param question that it answers, as a sentence
/// @param begun when it began
/// @param took how long it ran
/// @param machine what it ran on
/// @param command that repeats it
/// @param flags sizes and choices in force, defaults included; kept in the order of their names
/// @param peers what was compared, in the order of tables and with colours in that order
/// @param metrics what was measured, in the order of tables
/// @param samples one for each peer, setting and run
/// @param charts pictures to draw of the samples
/// @param profiles where the time went; empty if that was not asked for
/// @param notes what a reader has to know: what failed, what is not comparable, what is meant
public record Report(
    String experiment,
    String title,
    String question,
    Instant begun,
    Duration took,
    Machine machine,
    String command,
    Map<String, String> flags,
    List<Peer> peers,
    List<Metric> metrics,
    List<Sample> samples,
    List<Chart> charts,
    List<Profile> profiles,
    List<String> notes) {
  /// Keeps copies of the collections.
  public Report {
    flags = Collections.unmodifiableMap(new TreeMap<>(flags));
    peers = List.copyOf(peers);
    metrics = List.copyOf(metrics);
    samples = List.copyOf(samples);
    charts = List.copyOf(charts);
    profiles = List.copyOf(profiles);
    notes = List.copyOf(notes);
  }

  /// A tool, or a way of ours, that is compared.
  ///
  /// @param name as samples have it
  /// @param version as it prints it; empty if it does not
  /// @param command that was run; empty if it runs in this process
  public record Peer(String name, String version, String command) {}

  /// What was measured.
  ///
  /// @param name as samples have it, with the unit in it, such as `cpu_user_s`
  /// @param label for tables and axes, such as `CPU, user`
  /// @param unit such as `s`, `ns/packet` or `%`; empty for counts
  /// @param decimals to print
  /// @param better what readers are to look for
  public record Metric(String name, String label, String unit, int decimals, Better better) {
    private static final int MAX_DECIMALS = 9;

    /// @throws IllegalArgumentException if there are to be fewer than 0 decimals, or more than 9
    public Metric {
      if (decimals < 0 || decimals > MAX_DECIMALS) {
        throw new IllegalArgumentException(
            "0 to " + MAX_DECIMALS + " decimals can be printed, not " + decimals);
      }
    }
  }

  /// Which of two values is the better one.
  public enum Better {
    LOWER,
    HIGHER,
    NEITHER
  }
}
