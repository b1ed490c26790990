package io.ringtap.lab.peer;

import io.ringtap.lab.report.Report;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// A pinger that runs as a process.
public interface PingPeer {
  /// ICMP payload of every probe where the pinger lets it be chosen: IP packets of 84 bytes.
  int PAYLOAD = 56;

  /// As reports call it.
  String name();

  /// The command that pings `target` so often, that far apart, and prints each reply.
  List<String> command(String target, int count, Duration interval);

  /// What a run of that command reports about its probes.
  PingResult read(ProcessRun run);

  /// Exit codes of a run that did what it should, whatever was lost.
  int[] accepted();

  /// The command that prints the version.
  List<String> versionCommand();

  /// The peer with what it says of its version.
  ///
  /// @param command that the experiment runs, for the report
  default Report.Peer describe(NetworkNamespace namespace, List<String> command)
      throws IOException, InterruptedException {
    return PeerPrograms.describe(namespace, name(), versionCommand(), command);
  }
}
