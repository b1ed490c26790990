package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.PeerTemplate;
import java.nio.file.Path;
import java.util.List;

/// How large an experiment is to be.
///
/// @param runs of each peer in each setting
/// @param packets of load in all; 0 for the experiment's own number
/// @param peers that the user adds to those that are known
/// @param ringtap the launcher of the command that is measured as a user runs it
/// @param isProfiled whether to find out where the time goes, in further runs
/// @param command the command line, for the report
public record LabPlan(
    int runs,
    long packets,
    List<PeerTemplate> peers,
    Path ringtap,
    boolean isProfiled,
    String command) {
  /// Keeps a copy of the list.
  ///
  /// @throws IllegalArgumentException if there is to be no run, or a negative number of packets
  public LabPlan {
    peers = List.copyOf(peers);
    if (runs < 1 || packets < 0) {
      throw new IllegalArgumentException("no run, or a negative number of packets");
    }
  }
}
