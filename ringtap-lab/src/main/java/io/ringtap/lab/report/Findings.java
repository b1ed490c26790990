package io.ringtap.lab.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A report's samples, found by peer and setting.
final class Findings {
  private record Place(String peer, String setting) {}

  private final List<String> peers;
  private final List<String> settings;
  private final Map<Place, Runs> runs;

  Findings(Report report) {
    Set<String> names = new LinkedHashSet<>();
    report.peers().forEach(peer -> names.add(peer.name()));
    // A peer that the report forgot to list is shown none the less.
    report.samples().forEach(sample -> names.add(sample.peer()));
    peers = List.copyOf(names);
    settings = report.samples().stream().map(Sample::setting).distinct().toList();
    runs =
        report.samples().stream()
            .collect(
                Collectors.groupingBy(
                    sample -> new Place(sample.peer(), sample.setting()),
                    Collectors.collectingAndThen(Collectors.toList(), Runs::of)));
  }

  /// In the report's order.
  List<String> peers() {
    return peers;
  }

  /// In the order of the samples.
  List<String> settings() {
    return settings;
  }

  Runs runs(String peer, String setting) {
    return runs.getOrDefault(new Place(peer, setting), new Runs(List.of(), List.of(), List.of()));
  }
}
