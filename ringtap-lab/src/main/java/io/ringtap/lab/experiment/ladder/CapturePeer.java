package io.ringtap.lab.experiment.ladder;

import io.ringtap.lab.peer.PeerPrograms;
import io.ringtap.lab.peer.PeerTemplate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A capturing tool that runs as a process until SIGINT ends it.
///
/// @param name as reports call it
/// @param command that captures all packets of the interface
/// @param versionCommand that prints the version; empty if that is not known
/// @param output where it prints its counts
/// @param retire the longest that packets may wait in the tool's ring until it is shown them
record CapturePeer(
    String name,
    List<String> command,
    List<String> versionCommand,
    CaptureOutput output,
    Duration retire) {
  /// What reports call Ringtap's own command.
  static final String RINGTAP = "ringtap capture";

  private static final int[] WELL = {0};
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration A_SECOND = Duration.ofMillis(1100); // libpcap's default

  // A shell and nsenter keep the codes from 126 on for what could not be run; 130 is SIGINT's.
  private static final int[] WELL_FOR_ALL_WE_KNOW =
      IntStream.concat(IntStream.range(0, 126), IntStream.of(130)).toArray();

  /// Those that there are here, Ringtap first, then the user's. Each gets the same memory for
  /// packets that wait.
  ///
  /// @param ringtap the launcher
  static List<CapturePeer> present(
      Path ringtap, List<PeerTemplate> templates, String in, long bufferBytes) {
    String kibibytes = Long.toString(bufferBytes >> 10);
    String mebibytes = Long.toString(bufferBytes >> 20);
    List<CapturePeer> peers = new ArrayList<>();
    peers.add(ringtap(ringtap, in, kibibytes));
    if (PeerPrograms.isInstalled("tcpdump")) {
      peers.add(tcpdump(in, kibibytes));
    }
    if (PeerPrograms.isInstalled("dumpcap")) {
      peers.add(dumpcap(in, mebibytes));
    }
    if (PeerPrograms.isInstalled("netsniff-ng")) {
      peers.add(netsniff(in, mebibytes));
    }
    templates.forEach(template -> peers.add(other(template, in)));
    return peers;
  }

  private static CapturePeer ringtap(Path launcher, String in, String kibibytes) {
    String program = launcher.toAbsolutePath().toString();
    return new CapturePeer(
        RINGTAP,
        List.of(program, "capture", "-i", in, "-B", kibibytes, "--rate"),
        List.of(program, "--version"),
        CaptureOutput.TCPDUMP,
        SOON);
  }

  private static CapturePeer tcpdump(String in, String kibibytes) {
    return new CapturePeer(
        "tcpdump",
        List.of("tcpdump", "-i", in, "-B", kibibytes, "-w", "/dev/null"),
        List.of("tcpdump", "--version"),
        CaptureOutput.TCPDUMP,
        A_SECOND);
  }

  private static CapturePeer dumpcap(String in, String mebibytes) {
    return new CapturePeer(
        "dumpcap",
        List.of("dumpcap", "-q", "-i", in, "-B", mebibytes, "-w", "/dev/null"),
        List.of("dumpcap", "--version"),
        CaptureOutput.DUMPCAP,
        SOON);
  }

  private static CapturePeer netsniff(String in, String mebibytes) {
    return new CapturePeer(
        "netsniff-ng",
        List.of(
            "netsniff-ng",
            "--in",
            in,
            "--out",
            "/dev/null",
            "--silent",
            "--ring-size",
            mebibytes + "MiB"),
        List.of("netsniff-ng", "--version"),
        CaptureOutput.NETSNIFF,
        SOON);
  }

  private static CapturePeer other(PeerTemplate template, String in) {
    return new CapturePeer(
        template.name(),
        template.fill(Map.of("interface", in)),
        List.of(),
        CaptureOutput.OTHER,
        A_SECOND);
  }

  /// Exit codes of a run that went well.
  int[] accepted() {
    return (isKnown() ? WELL : WELL_FOR_ALL_WE_KNOW).clone();
  }

  /// Whether what it says of its packets is known to be all of them, so that it must add up.
  boolean isKnown() {
    return !output.equals(CaptureOutput.OTHER);
  }
}
