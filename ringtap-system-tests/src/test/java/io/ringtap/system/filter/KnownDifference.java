package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;
import java.util.List;
import java.util.stream.Stream;

/// Where we differ from libpcap 1.10.3 and mean to. All such places are here, each as narrow as it
/// can be told, with an expression that shows it: a difference that is none any more is found out.
sealed interface KnownDifference
    permits KnownFault, NewerMeaning, AcceptedBeyondLibpcap, RefusedBeyondLibpcap {
  static List<KnownDifference> all() {
    return Stream.<KnownDifference[]>of(
            KnownFault.values(),
            NewerMeaning.values(),
            AcceptedBeyondLibpcap.values(),
            RefusedBeyondLibpcap.values())
        .flatMap(Stream::of)
        .toList();
  }

  String name();

  /// The link type of the example.
  LinkType linkType();

  /// An expression that shows the difference.
  String example();

  /// Whether this is the cause of a disagreement.
  boolean explains(Disagreement disagreement);
}
